/** One second of load by the clock, as the generator saw it. */
export interface Bin {
  /** The step that its rate belongs to: `Directive.step`. */
  readonly step: number
  readonly seconds: number
  /** Intended starts in it. */
  readonly offered: number
  /** Endings in it, whenever they had started: all, the good ones, and the good ones that were slower than the promise. */
  readonly ended: number
  readonly good: number
  readonly slow: number
  /** Endings because the client gave up waiting: the target may have done the work all the same. */
  readonly timedOut: number
  /** Due and not ended at its end: A − (all endings) since the start. */
  readonly inFlight: number
  /** False when the generator was the limit: it says nothing about the target. */
  readonly valid: boolean
}

/** Bins added up. */
export interface BinSum {
  /** Of the valid ones. */
  readonly seconds: number
  readonly offered: number
  readonly ended: number
  readonly good: number
  readonly bad: number
  readonly slow: number
  readonly timedOut: number
}

export function sumBins(bins: readonly Bin[]): BinSum {
  let [seconds, offered, ended, good, slow, timedOut] = [0, 0, 0, 0, 0, 0]
  for (const bin of bins) {
    if (!bin.valid) continue
    seconds += bin.seconds
    offered += bin.offered
    ended += bin.ended
    good += bin.good
    slow += bin.slow
    timedOut += bin.timedOut
  }
  return { seconds, offered, ended, good, bad: ended - good, slow, timedOut }
}

/** A step of many minutes keeps its first and its last ones second by second, and what lies between them as one sum. */
const MOST_BINS = 240
/** More than settles after a change of rate: that is left out by the number of bins. */
const FIRST = 30
const LAST = 120

export function shorten(bins: readonly Bin[]): readonly Bin[] {
  if (bins.length <= MOST_BINS) return bins
  const middle = bins.slice(FIRST, -LAST)
  const { bad: _, ...sum } = sumBins(middle)
  const { step, inFlight } = middle.at(-1)!
  return [...bins.slice(0, FIRST), { step, ...sum, inFlight, valid: true }, ...bins.slice(-LAST)]
}

/** Without the sum of many: how much the seconds differ is not to be seen in it. */
export const single = (bins: readonly Bin[]): readonly Bin[] => bins.filter(({ seconds }) => seconds <= 1)
