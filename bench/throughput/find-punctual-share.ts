/** Did a load of this share of wrk's rate leave on time? */
export type Probe = (share: number) => Promise<boolean>

export interface PunctualSearch {
  /** Shares of wrk's rate; nothing outside is tried. */
  readonly from: number
  readonly to: number
  /** Bisections, each of which halves what is left between the two. */
  readonly steps: number
  /** How often the share that was found has to hold once more; each failure lowers it by one step's width. */
  readonly confirmations: number
}

/**
 * The highest share that holds, by bisection. A share that held once may have been lucky, so it has to hold again
 * and again; 0 when not even `from` does.
 */
export async function findPunctualShare(
  probe: Probe,
  { from, to, steps, confirmations }: PunctualSearch,
): Promise<number> {
  let [holds, breaks] = [from, to]
  for (let step = 0; step < steps; step += 1) {
    const middle = (holds + breaks) / 2
    if (await probe(middle)) holds = middle
    else breaks = middle
  }
  const width = (to - from) / 2 ** steps
  for (let share = holds; share > from - width / 2; share -= width) {
    let held = 0
    while (held < confirmations && (await probe(share))) held += 1
    if (held === confirmations) return share
  }
  return 0
}
