/** Items of a trial by the index of their stage, in the order in which the stages are met. */
export function byStage<Item>(
  items: readonly Item[],
  stageOf: (item: Item) => number,
): ReadonlyMap<number, readonly Item[]> {
  const groups = new Map<number, Item[]>()
  for (const item of items) {
    const group = groups.get(stageOf(item))
    if (group === undefined) groups.set(stageOf(item), [item])
    else group.push(item)
  }
  return groups
}
