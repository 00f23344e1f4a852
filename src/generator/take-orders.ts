import { performance } from 'node:perf_hooks'
import { parentPort } from 'node:worker_threads'
import type { Stage } from '../plan/plan.ts'
import type { Order, Word } from './message.ts'
import { packWord } from './pack-word.ts'

interface Workload {
  drain(): void
  abandon(): void
  /** Where the plan may grow. */
  extend?(stages: readonly Stage[]): void
  close?(): void
}

/**
 * The orders of the coordinator, in a worker thread: `begin` starts the load at an instant of this thread's
 * `performance.now()`. Gives a function that says that the worker is ready.
 */
export function takeOrders(begin: (startAtMs: number, tell: (word: Word) => void) => Workload): () => void {
  const port = parentPort
  if (port === null) throw new Error('this file is the body of a worker thread')
  const tell = (word: Word): void => port.postMessage(packWord(word))
  let load: Workload | undefined
  let stopped = false
  /** An order to stop may come before the one to start: then there is nothing to do, and nothing is started later. */
  const stop = (order: (load: Workload) => void): void => {
    if (load !== undefined) order(load)
    else if (!stopped) tell({ word: 'done', drain: { answered: 0, good: 0, ended: 0 } })
    stopped = true
  }
  port.on('message', (order: Order) => {
    switch (order.order) {
      case 'start':
        if (!stopped) load = begin(onThisThread(order.startAtNs), tell)
        break
      case 'extend':
        load?.extend?.(order.stages)
        break
      case 'close':
        load?.close?.()
        break
      case 'drain':
        stop(each => each.drain())
        break
      case 'abandon':
        stop(each => each.abandon())
        break
      default:
        order satisfies never
    }
  })
  return () => tell({ word: 'ready' })
}

/** This thread's `performance.now()` counts from its own start; CLOCK_MONOTONIC is the same in all threads. */
function onThisThread(sharedNs: number): number {
  return performance.now() + (sharedNs - Number(process.hrtime.bigint())) / 1e6
}
