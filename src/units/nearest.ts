/**
 * Edits that turn one word into the other: insert, delete, replace, or swap two neighbours. The restricted
 * Damerau–Levenshtein distance (Damerau, CACM 7(3), 1964), by rows.
 */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      let least = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) least = Math.min(least, before[j - 2]! + 1)
      row.push(least)
    }
    before = above
    above = row
  }
  return above[b.length]!
}

/**
 * The name that was probably meant: one edit away, or up to two in every five letters, and never all letters.
 * The first of equals; case does not count.
 */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const wanted = word.slice(0, 100).toLowerCase()
  let best: string | undefined
  let least = Math.max(1, Math.floor(wanted.length * 0.4)) + 1
  for (const name of names) {
    const distance = editDistance(wanted, name.slice(0, 100).toLowerCase())
    if (distance < least && distance < Math.max(1, wanted.length)) [best, least] = [name, distance]
  }
  return best
}

/** `write rate`, or, when nothing is near, what there is to choose from. */
export function nearestFix(word: string, names: readonly string[], what: string): string {
  const near = nearest(word, names)
  return near === undefined ? `${what}: ${names.join(', ')}` : `write ${near}`
}
