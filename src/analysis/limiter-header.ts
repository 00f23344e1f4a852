import type { Sample } from '../result/result.ts'

const HEADERS =
  /^(retry-after|ratelimit(-policy)?|x-ratelimit-[a-z-]+|x-envoy-ratelimited|x-envoy-overloaded)\s*:/im

/** The line by which a rejected answer says that something limits the rate; undefined where none does. */
export function limiterHeader(samples: readonly Sample[]): string | undefined {
  return samples.map(headerOf).find(line => line !== undefined)
}

function headerOf({ head, outcome }: Sample): string | undefined {
  const rejected = outcome.kind === 'answered' && (outcome.status === 429 || outcome.status === 503)
  const line = rejected ? head.split(/\r?\n/).find(text => HEADERS.test(text)) : undefined
  return line?.trim()
}
