import { select } from './postgres-server.ts'

const [, , url = '', text = ''] = process.argv
await select(url, text)
