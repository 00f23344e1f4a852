/** What was fetched at once expires at once: that many times the common expiry is looked at. */
export const ECHOES = 5
/** No peak lasts longer. */
const LONGEST = 86_400
/** From one time to the next after an expiry. */
const STEP = 1.5

/**
 * When to look at the load after the caches were empty: right before and from each common expiry on, at growing distance, for each
 * time to live. In order, from 0, in s.
 */
export function emptiedTimes(lives: readonly number[]): readonly number[] {
  const end = Math.min(LONGEST, (ECHOES + 1) * Math.max(0, ...lives))
  const times = lives.flatMap(life =>
    Array.from({ length: ECHOES + 1 }, (_, k) => k * life).flatMap(start => [
      start - 1,
      ...distances(life).map(distance => start + distance),
    ]),
  )
  return spaced(times.filter(time => time > 0 && time <= end))
}

function distances(life: number): readonly number[] {
  const found = [0]
  for (let distance = Math.min(1, life / 2); distance < life; distance *= STEP) found.push(distance)
  return found
}

/** Two times of different lives that nearly coincide are one. */
function spaced(times: readonly number[]): readonly number[] {
  const kept = [0]
  for (const time of times.toSorted((a, b) => a - b)) {
    const last = kept.at(-1) ?? 0
    if (time - last > Math.max(1e-3, Math.min(0.25, last * 0.01))) kept.push(time)
  }
  return kept
}
