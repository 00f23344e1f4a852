import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { IMPURE_FILES, MAY_IMPORT, PURE } from './may-import.ts'
import { ROOT, sourceFiles } from './source-files.ts'

interface TypeScriptConfig {
  readonly compilerOptions: { readonly lib: readonly string[]; readonly types: readonly string[] }
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

interface LintConfig {
  readonly overrides: readonly {
    readonly files: readonly string[]
    readonly rules: Record<string, unknown>
  }[]
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), 'utf8'))

test('the compiler sees exactly the pure folders without ambient types', () => {
  const config = readJson('test/architecture/tsconfig.pure.json') as TypeScriptConfig
  expect(config.compilerOptions).toMatchObject({ lib: ['es2023'], types: [] })
  expect(config.include.toSorted()).toEqual(PURE.map(folder => `../../src/${folder}`).toSorted())
  expect(config.exclude).toEqual(IMPURE_FILES.map(file => `../../src/${file}`))
})

test('the linter bars clock, process and node:* from exactly the pure folders', () => {
  const { overrides } = readJson('.oxlintrc.json') as LintConfig
  const barred = overrides.filter(({ rules }) => Array.isArray(rules['no-restricted-globals']))
  expect(barred.flatMap(({ files }) => files).toSorted()).toEqual(
    PURE.map(folder => `src/${folder}/**`).toSorted(),
  )
  const freed = overrides.filter(({ rules }) => rules['no-restricted-globals'] === 'off')
  expect(freed.flatMap(({ files }) => files)).toEqual(IMPURE_FILES.map(file => `src/${file}`))
})

test('a pure folder imports pure folders only', () => {
  for (const folder of PURE) {
    expect(MAY_IMPORT[folder]?.filter(target => !PURE.includes(target))).toEqual([])
  }
})

test('no pure file imports a Node module, and none imports the impure file of its folder', () => {
  const pureFiles = sourceFiles.filter(
    ({ folder, path }) => PURE.includes(folder) && !IMPURE_FILES.includes(path),
  )
  const offending = pureFiles.filter(({ specifiers }) =>
    specifiers.some(
      name => isBuiltin(name) || IMPURE_FILES.some(file => name.endsWith(`/${file.split('/')[1]}`)),
    ),
  )
  expect(offending.map(({ path }) => path)).toEqual([])
})

test('chance comes in as an argument: no pure file calls Math.random', () => {
  const offending = sourceFiles.filter(
    ({ folder, text }) => PURE.includes(folder) && /\bMath\.random\b/.test(text),
  )
  expect(offending.map(({ path }) => path)).toEqual([])
})
