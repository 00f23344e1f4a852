/**
 * p-values adjusted for being several, in the order given: the k-th smallest of m times m − k + 1, made monotone, at most 1. Claims
 * whose adjusted p is at most α hold together with an error of at most α, whatever their dependence (Holm,
 * Scandinavian Journal of Statistics 6(2), 1979).
 */
export function holm(ps: readonly number[]): readonly number[] {
  const byP = [...ps.keys()].sort((a, b) => ps[a]! - ps[b]!)
  const adjusted: number[] = []
  let highest = 0
  byP.forEach((index, rank) => {
    highest = Math.max(highest, Math.min(1, ps[index]! * (ps.length - rank)))
    adjusted[index] = highest
  })
  return adjusted
}
