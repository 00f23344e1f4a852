import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { StoredFile } from '../history/read-report.ts'
import type { Effects, ListedFile } from './effects.ts'

/** Beside the reports; a hidden file is no report. */
export const CACHE_FILE = '.plimsoll-history.json'
const SCHEMA = 'plimsoll/history-cache@1'

/** What files turned out to be when they were last read, by path. It saves time and is never needed. */
export interface HistoryCache {
  find(file: ListedFile): StoredFile | undefined
  /** Replaces the cache by what is known of these files now, where that differs. */
  keep(known: ReadonlyMap<ListedFile, StoredFile>): Promise<void>
}

interface Entry {
  readonly sizeBytes: number
  readonly modifiedMs: number
  readonly found: StoredFile
}

/**
 * Two lines: what wrote it with the digest of the second, and the entries. A cache that another version wrote, or that
 * is not what was written, counts as none. It is written beside and renamed, so that of two writers one wins whole.
 */
export async function openCache(
  folder: string,
  { files, machine }: Pick<Effects, 'files' | 'machine'>,
): Promise<HistoryCache> {
  const path = join(folder, CACHE_FILE)
  const text = await files.readText(path).catch(() => '')
  const entries = readEntries(text, machine.toolVersion)
  return {
    find({ path: name, sizeBytes, modifiedMs }) {
      const entry = entries.get(name)
      return entry?.sizeBytes === sizeBytes && entry.modifiedMs === modifiedMs ? entry.found : undefined
    },
    async keep(known) {
      const written = writeEntries(known, machine.toolVersion)
      if (written === text) return
      // A folder that only may be read, such as a checkout of somebody else's, is a store as well.
      await files.replace(path, written).catch(() => undefined)
    },
  }
}

function writeEntries(known: ReadonlyMap<ListedFile, StoredFile>, toolVersion: string): string {
  const entries = [...known].map(([{ path, sizeBytes, modifiedMs }, found]): readonly [string, Entry] => [
    path,
    { sizeBytes, modifiedMs, found },
  ])
  const body = JSON.stringify(entries)
  return `${headOf(body, toolVersion)}\n${body}\n`
}

function readEntries(text: string, toolVersion: string): ReadonlyMap<string, Entry> {
  const [head = '', body = ''] = text.split('\n')
  if (head !== headOf(body, toolVersion)) return new Map()
  return new Map(JSON.parse(body) as (readonly [string, Entry])[])
}

const headOf = (body: string, toolVersion: string): string =>
  JSON.stringify({
    schema: SCHEMA,
    toolVersion,
    sha256: createHash('sha256').update(body).digest('hex'),
  })
