import { hash, verify } from '@node-rs/argon2'

import type { Passwords } from '../domain/passwords.ts'
import { Turns } from './turns.ts'

/** Each takes tens of ms of a core and 19 MiB, and anybody may ask for one. */
const atOnceMax = 2
const waitingMax = 20

/** Argon2id. Without a stored hash it verifies against a random one, which takes as long. */
export function argonPasswords(newSecret: () => string): Passwords {
  const turns = new Turns(
    atOnceMax,
    waitingMax,
    'Too many passwords are being checked. Try again in a second.',
  )
  let placeholder: Promise<string> | undefined
  return {
    hash: (password) => turns.run(() => hash(password)),
    verify: (known, password) =>
      turns.run(async () => {
        placeholder ??= hash(newSecret())
        const isRight = await verify(known ?? (await placeholder), password)
        return isRight && known !== null
      }),
  }
}
