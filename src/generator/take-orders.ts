import { performance } from 'node:perf_hooks'
import { parentPort } from 'node:worker_threads'
import type { Order, Word } from './message.ts'
import { packWord } from './pack-word.ts'

interface Stoppable {
  drain(): void
  abandon(): void
}

/**
 * The orders of the coordinator, in a worker thread: `begin` starts the load at an instant of this thread's
 * `performance.now()`. Gives a function that says that the worker is ready.
 */
export function takeOrders(begin: (startAtMs: number, tell: (word: Word) => void) => Stoppable): () => void {
  const port = parentPort
  if (port === null) throw new Error('this file is the body of a worker thread')
  const tell = (word: Word): void => port.postMessage(packWord(word))
  let load: Stoppable | undefined
  let stopped = false
  /** An order to stop may come before the one to start: then there is nothing to do, and nothing is started later. */
  const stop = (order: (load: Stoppable) => void): void => {
    if (load !== undefined) order(load)
    else if (!stopped) tell({ word: 'done', drain: { answered: 0, good: 0, ended: 0 } })
    stopped = true
  }
  port.on('message', (order: Order) => {
    switch (order.order) {
      case 'start':
        if (!stopped) load = begin(onThisThread(order.startAtNs), tell)
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
