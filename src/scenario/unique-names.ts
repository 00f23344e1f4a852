import type { Field, Report } from './field.ts'

/** Reports every name that an earlier item has already; the report and `--set` tell items apart by name. */
export function reportDuplicates(
  what: string,
  items: readonly Field[],
  names: readonly (string | undefined)[],
  report: Report,
): void {
  for (const [index, name] of names.entries()) {
    if (name === undefined || names.indexOf(name) === index) continue
    const { path, tree } = items[index]!
    const message = `${path} has the name of an earlier ${what}: ${JSON.stringify(name)}`
    report({ code: 'scenario/duplicate-name', message, fix: `give this ${what} a name: of its own` }, tree.at)
  }
}
