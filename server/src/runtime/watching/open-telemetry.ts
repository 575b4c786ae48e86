import { setTimeout as pause } from 'node:timers/promises'

import { diag, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { parseTraceParent } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { Logger } from 'pino'

import type { OnAnswered } from '../../domain/answered.ts'
import type { TraceSettings } from '../../setting-values.ts'

const lastMs = 2_000

/** Sends a span for each request to a collector; disposing of it sends the last, but does not wait long. */
export interface Traces extends AsyncDisposable {
  /** The collector did not take the last: the attempt goes on, and no one can stop it. */
  readonly isGivenUp: boolean
  readonly onAnswered: OnAnswered
}

/**
 * The exporter reads `OTEL_EXPORTER_OTLP_*` by itself, the resource `OTEL_SERVICE_NAME` and
 * `OTEL_RESOURCE_ATTRIBUTES`. A collector that cannot be reached is a warning in the log.
 */
export function startTraces(settings: TraceSettings, version: string, logger: Logger): Traces {
  const warn = (message: string): void => logger.warn(`traces: ${message}`)
  diag.setLogger({ error: warn, warn, info() {}, debug() {}, verbose() {} })
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'doorstep', 'service.version': version }))
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(settings),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  })
  const tracer = provider.getTracer('doorstep', version)
  let isGivenUp = false
  return {
    get isGivenUp() {
      return isGivenUp
    },
    onAnswered({ method, operation, status, ms, bytes, userId, requestId, traceParent }) {
      const parent = traceParent === undefined ? null : parseTraceParent(traceParent)
      const context = parent
        ? trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true })
        : ROOT_CONTEXT
      const endTime = Date.now()
      const span = tracer.startSpan(
        `${method} ${operation}`,
        {
          kind: SpanKind.SERVER,
          startTime: endTime - ms,
          attributes: {
            'http.request.method': method,
            'http.response.status_code': status,
            'http.response.size': bytes,
            'doorstep.operation': operation,
            'doorstep.request_id': requestId,
            ...(userId !== null && { 'user.id': String(userId) }),
          },
        },
        context,
      )
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end(endTime)
    },
    async [Symbol.asyncDispose]() {
      const ended = provider.shutdown().then(
        () => true,
        (error: unknown) => {
          if (!isGivenUp) logger.warn({ err: error }, 'the last traces are lost')
          return true
        },
      )
      // NOTE: the exporter tries again until its timeout, of 10 s by default.
      isGivenUp = !(await Promise.race([ended, pause(lastMs, false, { ref: false })]))
      if (isGivenUp) logger.warn('the collector does not answer; the last traces are lost')
    },
  }
}

/** By `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG`; all requests without them. */
function samplerOf({ sampler = '', samplerArgument }: TraceSettings): Sampler {
  const share = Number(samplerArgument || 1)
  const [, parentBased = '', kind = ''] =
    /^(parentbased_)?(always_on|always_off|traceidratio)$/.exec(sampler) ?? []
  const root =
    kind === 'always_off'
      ? new AlwaysOffSampler()
      : kind === 'traceidratio' && share >= 0 && share <= 1
        ? new TraceIdRatioBasedSampler(share)
        : new AlwaysOnSampler()
  return parentBased !== '' || kind === '' ? new ParentBasedSampler({ root }) : root
}
