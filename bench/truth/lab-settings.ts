import { writeParameter } from '../../src/lab/parameter-text.ts'
import { readSettings } from '../../src/lab/settings.ts'
import type { Values } from '../../src/lab/lab-entry.ts'
import type { Family } from '../search/family.ts'

/** The words for `plimsoll lab --set`, and the values that the server has after reading them. */
export function settingsFor(
  { entry }: Family,
  values: Values,
): { readonly settings: readonly string[]; readonly values: Values } {
  const settings = Object.entries(entry.parameters).map(
    ([name, { kind, value }]) => `${name}=${writeParameter(kind, values[name] ?? value)}`,
  )
  const read = readSettings(entry, settings)
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('; '))
  return { settings, values: read.value }
}
