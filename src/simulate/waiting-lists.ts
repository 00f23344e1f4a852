import type { JobPool } from './job-pool.ts'

/** Lists of jobs, first come, first out; whoever gives up leaves from the middle. A job stands in one at most. All take O(1). */
export interface WaitingLists {
  /** How many stand in each. */
  readonly length: Int32Array
  /** -1 when it is empty. */
  first(list: number): number
  append(list: number, job: number): void
  remove(list: number, job: number): void
}

const NOBODY = -1

export function createWaitingLists(count: number, jobs: JobPool): WaitingLists {
  const heads = new Int32Array(count).fill(NOBODY)
  const tails = new Int32Array(count).fill(NOBODY)
  const length = new Int32Array(count)
  return {
    length,
    first: list => heads[list]!,
    append(list, job) {
      const last = tails[list]!
      jobs.previous[job] = last
      jobs.next[job] = NOBODY
      if (last === NOBODY) heads[list] = job
      else jobs.next[last] = job
      tails[list] = job
      length[list]! += 1
    },
    remove(list, job) {
      const before = jobs.previous[job]!
      const after = jobs.next[job]!
      if (before === NOBODY) heads[list] = after
      else jobs.next[before] = after
      if (after === NOBODY) tails[list] = before
      else jobs.previous[after] = before
      length[list]! -= 1
    },
  }
}
