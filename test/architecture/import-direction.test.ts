import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MAY_IMPORT } from './may-import.ts'
import { ROOT, folders, resolveFrom, sourceFiles, specifiersOf } from './source-files.ts'

const paths = new Set(sourceFiles.map(file => file.path))

function foldersImportedBy(folder: string): string[] {
  const found = sourceFiles
    .filter(file => file.folder === folder)
    .flatMap(file => file.specifiers.map(specifier => resolveFrom(file.path, specifier)))
    .filter(target => target !== undefined)
    .map(target => target.slice(0, target.indexOf('/')))
  return [...new Set(found)].filter(target => target !== folder)
}

test('every way to name a module is seen', () => {
  const text = [
    `import type { A } from './a.ts'`,
    `import {\n  b,\n} from "../b/b.ts"`,
    `export { c } from './c.ts'`,
    `import './d.ts'`,
    `const e = await import('./e.ts')`,
    `type F = import('./f.ts').F`,
    `new Worker(new URL('./g.ts', import.meta.url))`,
    `// import './not-this.ts'`,
    `/** as in: import x from './nor-this.ts' */`,
  ].join('\n')
  expect(specifiersOf(text).toSorted()).toEqual(
    ['../b/b.ts', './a.ts', './c.ts', './d.ts', './e.ts', './f.ts', './g.ts'].toSorted(),
  )
})

test('src/ has exactly the folders of the table, and no file beside them', () => {
  expect(folders.toSorted()).toEqual(Object.keys(MAY_IMPORT).toSorted())
})

test.each(sourceFiles)('$path imports only what its folder may', ({ path, folder, specifiers }) => {
  const allowed = [folder, ...(MAY_IMPORT[folder] ?? [])]
  const forbidden = specifiers.filter(specifier => {
    const target = resolveFrom(path, specifier)
    return target !== undefined && !allowed.includes(target.slice(0, target.indexOf('/')))
  })
  expect(forbidden).toEqual([])
})

test.each(sourceFiles)('$path names files that exist, with their ending', ({ path, specifiers }) => {
  const missing = specifiers.filter(specifier => {
    const target = resolveFrom(path, specifier)
    return target !== undefined && !paths.has(target.replace(/\.js$/, '.ts'))
  })
  expect(missing).toEqual([])
})

test.each(Object.entries(MAY_IMPORT))('%s needs every permission it has', (folder, allowed) => {
  const used = foldersImportedBy(folder)
  expect(allowed.filter(target => !used.includes(target))).toEqual([])
})

test('the table has no circle: some order of the folders puts each after all that it may import', () => {
  const placed = new Set<string>()
  const waiting = new Set(Object.keys(MAY_IMPORT))
  for (let progress = true; progress;) {
    const ready = [...waiting].filter(folder => MAY_IMPORT[folder]!.every(target => placed.has(target)))
    progress = ready.length > 0
    for (const folder of ready) {
      placed.add(folder)
      waiting.delete(folder)
    }
  }
  expect([...waiting]).toEqual([])
})

test('the lab shares no code with those who judge it', () => {
  expect(MAY_IMPORT['lab']).toEqual(['units'])
})

describe('packages from outside', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const uses = sourceFiles.flatMap(({ folder, path, specifiers }) =>
    specifiers
      .filter(specifier => resolveFrom(path, specifier) === undefined && !isBuiltin(specifier))
      .map(specifier => ({ folder, path, name: /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier })),
  )

  test('are runtime dependencies of the package', () => {
    expect(uses.filter(({ name }) => !(name in dependencies))).toEqual([])
  })

  test('are each known to one folder only', () => {
    const names = [...new Set(uses.map(({ name }) => name))]
    const shared = names.filter(
      wanted => new Set(uses.filter(({ name }) => name === wanted).map(({ folder }) => folder)).size > 1,
    )
    expect(shared).toEqual([])
  })

  test('hdr-histogram-js is known to one file only', () => {
    const knowing = uses.filter(({ name }) => name === 'hdr-histogram-js').map(({ path }) => path)
    expect([...new Set(knowing)]).toEqual(['result/histogram.ts'])
  })
})
