// Whether the server of this container answers: exit status 0 or 1. Plain JavaScript, since it runs
// often and has to start fast. A certificate is not checked: it names another host.
import { get as getPlain } from 'node:http'
import { get as getSecure } from 'node:https'

const { PORT = '8080', TLS_CERT = '' } = process.env
const isSecure = TLS_CERT !== ''
const options = { host: '127.0.0.1', port: Number(PORT), path: '/healthz', timeout: 2_500 }
const end = (status) => process.exit(status)
const asked = isSecure
  ? getSecure({ ...options, rejectUnauthorized: false }, onAnswer)
  : getPlain(options, onAnswer)
asked.on('error', () => end(1))
asked.on('timeout', () => end(1))

function onAnswer({ statusCode }) {
  end(statusCode === 200 ? 0 : 1)
}
