import { sparse } from '../result/counts.ts'
import type { Counts } from '../result/counts.ts'
import { BUCKETS } from '../result/histogram-layout.ts'
import { ENDINGS } from './outcome.ts'
import type { Ending } from './outcome.ts'
import type { Tally } from './tally.ts'

/** The cells of all replications, one after another. */
export interface CellReader {
  readonly column: (of: (tally: Tally) => Float64Array) => readonly number[]
  /** Requests that ended as one of these. */
  readonly ended: (...endings: readonly Ending[]) => readonly number[]
  readonly used: (backend: number) => readonly number[]
  readonly histograms: (of: (tally: Tally) => Uint32Array) => readonly Counts[]
}

export function createCellReader(tallies: readonly Tally[], backends: number): CellReader {
  const read = <Figure>(of: (tally: Tally, cell: number) => Figure): readonly Figure[] =>
    tallies.flatMap(tally => Array.from({ length: tally.cells }, (_, cell) => of(tally, cell)))
  return {
    column: of => read((tally, cell) => of(tally)[cell]!),
    ended: (...endings) =>
      read(({ endings: counts }, cell) =>
        endings.reduce((sum, ending) => sum + counts[cell * ENDINGS.length + ENDINGS.indexOf(ending)]!, 0),
      ),
    used: backend => read(({ usedArea }, cell) => usedArea[cell * backends + backend]!),
    histograms: of => read((tally, cell) => sparse(of(tally).subarray(cell * BUCKETS, (cell + 1) * BUCKETS))),
  }
}
