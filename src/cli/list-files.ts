import type { Dirent } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ListBounds, ListedFile, Listing } from './effects.ts'

/** Folders that hold thousands of files and none of ours. */
const FILLED_BY_OTHERS: ReadonlySet<string> = new Set(['node_modules'])

/** A folder that cannot be read is thrown as it is where it is the one asked for, and left out below it. */
export async function listFiles(folder: string, { wanted, depth, most }: ListBounds): Promise<Listing> {
  const files: ListedFile[] = []
  let isWhole = true

  async function visit(path: string, entries: readonly Dirent[], below: number): Promise<void> {
    for (const entry of inOrder(entries)) {
      const own = path === '' ? entry.name : `${path}/${entry.name}`
      if (entry.isDirectory() && !FILLED_BY_OTHERS.has(entry.name)) {
        const inside = await readdir(join(folder, own), { withFileTypes: true }).catch(() => [])
        if (below > 0) await visit(own, inside, below - 1)
        else if (inside.length > 0) isWhole = false
      }
      if (!entry.isFile() || !wanted(entry.name)) continue
      if (files.length === most) isWhole = false
      if (!isWhole && files.length === most) return
      // Gone since the folder was read: somebody else prunes, or a run has ended.
      const found = await lstat(join(folder, own)).catch(() => undefined)
      if (found?.isFile() === true)
        files.push({ path: own, sizeBytes: found.size, modifiedMs: found.mtimeMs })
    }
  }

  await visit('', await readdir(folder, { withFileTypes: true }), depth)
  return { files, isWhole }
}

const inOrder = (entries: readonly Dirent[]): readonly Dirent[] =>
  entries.filter(({ name }) => !name.startsWith('.')).toSorted((a, b) => (a.name < b.name ? -1 : 1))
