import { hash, verify } from '@node-rs/argon2'

import type { Passwords } from '../domain/passwords.ts'

/** Argon2id. Without a stored hash it verifies against a random one, which takes as long. */
export function argonPasswords(newSecret: () => string): Passwords {
  let placeholder: Promise<string> | undefined
  return {
    hash: (password) => hash(password),
    async verify(known, password) {
      placeholder ??= hash(newSecret())
      const isRight = await verify(known ?? (await placeholder), password)
      return isRight && known !== null
    },
  }
}
