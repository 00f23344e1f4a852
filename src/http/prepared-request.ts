import type { RequestTemplate, Target } from '../plan/plan.ts'
import { encodeRequest } from './encode-request.ts'
import { HeadMemory } from './head-memory.ts'

/** What the engine needs of a request template again and again, made once. */
export interface PreparedRequest {
  readonly bytes: Buffer
  /** The same as the last request on its connection. */
  readonly lastBytes: Buffer
  readonly isHead: boolean
  /** What the head of its last answer was. */
  readonly heads: HeadMemory
  /** From the intended start, in ns. */
  readonly deadline: number
}

export function prepareRequest(template: RequestTemplate, target: Target): PreparedRequest {
  return {
    bytes: encodeRequest(template, target),
    lastBytes: encodeRequest(template, target, 'last'),
    isHead: template.method === 'HEAD',
    heads: new HeadMemory(),
    deadline: template.deadline,
  }
}
