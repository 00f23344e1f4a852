import { performance } from 'node:perf_hooks'
import { parentPort, workerData } from 'node:worker_threads'
import { Drive } from './drive.ts'
import type { Order, Word, WorkerTask } from './message.ts'

const port = parentPort
if (port === null) throw new Error('this file is the body of a worker thread')

/** This thread's `performance.now()` counts from its own start; CLOCK_MONOTONIC is the same in all threads. */
function onThisThread(sharedNs: number): number {
  return performance.now() + (sharedNs - Number(process.hrtime.bigint())) / 1e6
}

const tell = (word: Word): void => port.postMessage(word)
let drive: Drive | undefined
let stopped = false

/** An order to stop may come before the one to start: then there is nothing to do, and nothing is started later. */
function stop(order: (drive: Drive) => void): void {
  if (drive !== undefined) order(drive)
  else if (!stopped) tell({ word: 'done', drain: { answered: 0, good: 0, ended: 0 } })
  stopped = true
}

port.on('message', (order: Order) => {
  switch (order.order) {
    case 'start':
      if (!stopped) drive = new Drive(workerData as WorkerTask, onThisThread(order.startAtNs), tell)
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

tell({ word: 'ready' })
