import { fileOptionsBytesMax, filesBytesMax, filesMax } from '@doorstep/contract/limits'
import type { FormOf, Operation } from '@doorstep/contract/operations'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { Upload } from '../../domain/file-imports.ts'
import { ApiError, apiError } from '../errors.ts'
import { isPlainObject, readBody } from './body.ts'
import { allowMoreTime } from './slow-bodies.ts'

/** Reads forms of the routes that are added to `app`. */
export async function readForms(app: FastifyInstance): Promise<void> {
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: {
      fieldNameSize: 100,
      fieldSize: fileOptionsBytesMax,
      fields: 1,
      files: filesMax,
      fileSize: filesBytesMax,
      parts: filesMax + 1,
      headerPairs: 50,
    },
  })
}

/** The attributes in `options` of a form; its files go into the upload. Throws ApiError. */
export async function readForm<Op extends Operation>(
  request: FastifyRequest,
  { form, resource = '' }: Op,
  upload: Upload,
): Promise<FormOf<Op>> {
  if (!form) throw new Error('the operation takes no form')
  if (!request.isMultipart()) {
    throw apiError('unsupported_media_type', 'unsupported media type', 'Send multipart/form-data.')
  }
  allowMoreTime(request.raw)
  const options = await readParts(request, upload).catch((error: unknown) => {
    if (isTooMuch(error)) throw tooLarge()
    throw isBroken(error) ? wrongForm(`is broken: ${error.message}`) : error
  })
  if (upload.count === 0) throw wrongForm('has no file')
  const { value, problems } = readBody(form, options, resource)
  const refusal = problems.toError()
  if (refusal) throw refusal
  // NOTE: parsed by the operation's own schema, and complete.
  return value as FormOf<Op>
}

const isTooMuch = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && error.statusCode === 413

/** What the parser of forms throws, whose errors have no code; those of the disk have one. */
const isBroken = (error: unknown): error is Error =>
  error instanceof Error &&
  !(error instanceof ApiError) &&
  (!('code' in error) || error.code === 'ERR_STREAM_PREMATURE_CLOSE')

/** Answers the options. Throws ApiError. */
async function readParts(request: FastifyRequest, upload: Upload): Promise<object> {
  let options: object = {}
  let left = filesBytesMax
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (part.fieldname !== 'options') throw wrongForm(`has a field ${part.fieldname}`)
      if (upload.count > 0) throw wrongForm('has its options behind a file')
      options = parse(part.value)
      continue
    }
    if (part.fieldname !== 'file') throw wrongForm(`has a file in ${part.fieldname}`)
    let isTooLarge = false
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of part.file) {
        const bytes: Uint8Array = chunk
        left -= bytes.length
        isTooLarge ||= left < 0
        // NOTE: what is left has to be read to its end, or the client sees no answer.
        if (!isTooLarge) yield bytes
      }
    }
    await upload.add(part.filename, bytes())
    if (isTooLarge || part.file.truncated) throw tooLarge()
  }
  return options
}

function parse(text: unknown): object {
  try {
    const read: unknown = typeof text === 'string' ? JSON.parse(text) : undefined
    if (isPlainObject(read)) return read
  } catch {
    // Answered below.
  }
  throw wrongForm('has options that are no JSON object')
}

const wrongForm = (why: string): ApiError =>
  apiError(
    'invalid_payload',
    'invalid payload',
    `The form ${why.slice(0, 200)}. Send "options", a JSON object, and behind it each file in "file".`,
  )

const tooLarge = (): ApiError =>
  apiError(
    'payload_too_large',
    'payload too large',
    `Send "options" once, and at most ${filesMax} files of ${filesBytesMax / 1024 / 1024} MB together. ` +
      'Packed with gzip they are smaller; on ' +
      'the server, ./doorstep import csv takes files of any size.',
  )
