/** Largest of any number of values: `Math.max(...values)` runs out of stack at about a hundred thousand. */
export const largest = (values: Iterable<number>, least: number = -Infinity): number => {
  let found = least
  for (const value of values) if (value > found) found = value
  return found
}

/** Smallest of any number of values. */
export const smallest = (values: Iterable<number>, most: number = Infinity): number => {
  let found = most
  for (const value of values) if (value < found) found = value
  return found
}
