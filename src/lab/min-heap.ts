/** The item with the smallest key first. Push and pop take O(log n). */
export interface MinHeap<Item> {
  readonly size: number
  /** Infinity when empty. */
  smallestKey(): number
  push(key: number, item: Item): void
  pop(): Item | undefined
}

export function createMinHeap<Item>(): MinHeap<Item> {
  const keys: number[] = []
  const items: Item[] = []

  /** Both place the entry by moving a hole, so that each level costs one write instead of a swap. */
  function siftUp(key: number, item: Item): void {
    let hole = keys.length
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (keys[parent]! <= key) break
      keys[hole] = keys[parent]!
      items[hole] = items[parent]!
      hole = parent
    }
    keys[hole] = key
    items[hole] = item
  }

  function siftDown(key: number, item: Item): void {
    let hole = 0
    for (let child = 1; child < keys.length; child = 2 * hole + 1) {
      if (child + 1 < keys.length && keys[child + 1]! < keys[child]!) child += 1
      if (keys[child]! >= key) break
      keys[hole] = keys[child]!
      items[hole] = items[child]!
      hole = child
    }
    keys[hole] = key
    items[hole] = item
  }

  return {
    get size() {
      return keys.length
    },
    smallestKey: () => keys[0] ?? Infinity,
    push: siftUp,
    pop() {
      const first = items[0]
      const lastKey = keys.pop()
      const lastItem = items.pop()
      if (lastKey !== undefined && keys.length > 0) siftDown(lastKey, lastItem as Item)
      return first
    },
  }
}
