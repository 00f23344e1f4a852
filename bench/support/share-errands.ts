import { availableParallelism } from 'node:os'
import { Worker, parentPort } from 'node:worker_threads'

/** What a worker thread does: one errand after the other. */
export function serveErrands(runErrand: (errand: never) => unknown): void {
  parentPort!.on('message', (errand: unknown) => parentPort!.postMessage(runErrand(errand as never)))
}

/**
 * Runs all errands, on as many threads as there are cores, and gives what they found in the same order. `program` is a
 * module that calls `serveErrands` in a worker thread.
 */
export async function runErrands<Found>(
  program: string,
  errands: readonly unknown[],
  onFound: (found: Found, done: number) => void,
): Promise<readonly Found[]> {
  const all: Found[] = []
  let taken = 0
  let done = 0
  const workThrough = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(program)
      let current = 0
      const takeNext = (): void => {
        const errand = errands[taken]
        if (errand === undefined) {
          void worker.terminate().then(() => resolve())
          return
        }
        current = taken
        taken += 1
        worker.postMessage(errand)
      }
      worker.on('message', (found: Found) => {
        all[current] = found
        done += 1
        onFound(found, done)
        takeNext()
      })
      worker.on('error', error =>
        reject(new Error(`${JSON.stringify(errands[current])}: ${String(error)}`, { cause: error })),
      )
      takeNext()
    })
  const threads = Math.min(availableParallelism(), errands.length)
  await Promise.all(Array.from({ length: threads }, workThrough))
  return all
}
