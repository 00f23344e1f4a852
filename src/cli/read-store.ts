import { join } from 'node:path'
import { runsOf } from '../history/history.ts'
import type { Store } from '../history/history.ts'
import { readReport } from '../history/read-report.ts'
import type { StoredFile } from '../history/read-report.ts'
import type { Effects, Files, ListedFile } from './effects.ts'
import { openCache } from './history-cache.ts'

const DEPTH = 8
const MOST_FILES = 20_000

/**
 * The runs of a folder of reports, rebuilt from its files. Reports may be large, so they are read one after the other,
 * and only their row is kept. Throws where the folder itself cannot be read.
 */
export async function readStore(folder: string, effects: Pick<Effects, 'files' | 'machine'>): Promise<Store> {
  const { files } = effects
  const { files: listed, isWhole } = await files.list(folder, { wanted, depth: DEPTH, most: MOST_FILES })
  const cache = await openCache(folder, effects)
  const known = new Map<ListedFile, StoredFile>()
  for (const file of listed) {
    known.set(file, cache.find(file) ?? (await readStored(join(folder, file.path), files)))
  }
  await cache.keep(new Map([...known].filter(([, { is }]) => is !== 'unreadable')))
  const found = [...known].map(([{ path: file }, stored]) => ({ file, stored }))
  return {
    folder,
    isWhole,
    runs: runsOf(
      found.flatMap(({ file, stored }) => (stored.is === 'report' ? [{ file, row: stored.row }] : [])),
    ),
    setAside: found.flatMap(({ file, stored }) => (stored.is === 'report' ? [] : [{ file, is: stored.is }])),
  }
}

export async function readStored(path: string, files: Files): Promise<StoredFile> {
  if (path.endsWith('.journal')) return { is: 'journal' }
  try {
    return readReport(await files.readText(path))
  } catch {
    return { is: 'unreadable' }
  }
}

/** Reports are JSON files; their journals are counted, pages and notes beside them are nobody's business. */
const wanted = (name: string): boolean => /\.(json|journal)$/i.test(name)
