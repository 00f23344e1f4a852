import { availableParallelism } from 'node:os'
import { Worker, parentPort } from 'node:worker_threads'
import { FAMILIES } from './family.ts'
import { score } from './score.ts'
import type { Score } from './score.ts'
import { carryOutTrial, drawTrial } from './trial.ts'

/** One search, as it goes to a worker thread. */
export interface Errand {
  readonly family: string
  readonly seed: number
}

export function runErrand({ family: name, seed }: Errand): Score {
  const family = FAMILIES.find(known => known.name === name)
  if (family === undefined) throw new Error(`there is no family ${name}`)
  const trial = drawTrial(family, seed)
  const { conclusion, findings } = carryOutTrial(trial)
  return score({ trial, goal: trial.plan.search, conclusion, findings }, seed)
}

/** What a worker thread does: one errand after the other. */
export function serveErrands(): void {
  parentPort!.on('message', (errand: Errand) => parentPort!.postMessage(runErrand(errand)))
}

/**
 * Runs all errands, on as many threads as there are cores, and gives their scores in the same order. `program` is a
 * module that calls `serveErrands` in a worker thread.
 */
export async function runErrands(
  program: string,
  errands: readonly Errand[],
  onScore: (score: Score, done: number) => void,
): Promise<readonly Score[]> {
  const scores: Score[] = []
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
      worker.on('message', (found: Score) => {
        scores[current] = found
        done += 1
        onScore(found, done)
        takeNext()
      })
      worker.on('error', error => {
        const { family, seed } = errands[current]!
        reject(new Error(`${family} with seed ${seed}: ${String(error)}`, { cause: error }))
      })
      takeNext()
    })
  const threads = Math.min(availableParallelism(), errands.length)
  await Promise.all(Array.from({ length: threads }, workThrough))
  return scores
}
