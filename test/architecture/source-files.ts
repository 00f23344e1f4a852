import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT: string = join(dirname(fileURLToPath(import.meta.url)), '../..')

export interface SourceFile {
  /** Below `src/`, with forward slashes, e.g. `plan/plan.ts`. */
  readonly path: string
  /** First part of the path; empty for a file that stands directly in `src/`. */
  readonly folder: string
  readonly text: string
  /** Every module named by `import`, `import type`, `export … from`, `import()` or `new URL(…, import.meta.url)`. */
  readonly specifiers: readonly string[]
}

const SPECIFIER = [
  /\bfrom\s+(['"])(?<name>[^'"]+)\1/g,
  /\bimport\s*\(?\s*(['"])(?<name>[^'"]+)\1/g,
  /\bnew URL\(\s*(['"])(?<name>[^'"]+\.[jt]s)\1\s*,\s*import\.meta\.url/g,
]

export function specifiersOf(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
  return SPECIFIER.flatMap(pattern => [...code.matchAll(pattern)].map(match => match.groups?.['name'] ?? ''))
}

/** Path below `src/` of a relative import; undefined for a package or a `node:` module. */
export function resolveFrom(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined
}

export const sourceFiles: readonly SourceFile[] = readdirSync(join(ROOT, 'src'), {
  recursive: true,
  encoding: 'utf8',
})
  .map(path => path.replaceAll('\\', '/'))
  .filter(path => path.endsWith('.ts'))
  .sort()
  .map(path => {
    const text = readFileSync(join(ROOT, 'src', path), 'utf8')
    const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : ''
    return { path, folder, text, specifiers: specifiersOf(text) }
  })

export const folders: readonly string[] = [...new Set(sourceFiles.map(file => file.folder))]
