import type { Store } from '../history/history.ts'
import type { Checked } from '../units/problem.ts'
import type { Effects } from './effects.ts'
import { readStore } from './read-store.ts'

/** The runs of a folder of reports; a folder that cannot be read is a problem. */
export async function openStore(folder: string, effects: Effects): Promise<Checked<Store>> {
  try {
    return { ok: true, value: await readStore(folder, effects) }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why =
      code === 'ENOENT'
        ? 'there is no such folder'
        : code === 'ENOTDIR'
          ? 'this is a file, not a folder of reports'
          : `the folder cannot be read: ${message}`
    const fix = 'give the folder that plimsoll run writes its reports to'
    return { ok: false, problems: [{ code: 'history/no-folder', message: why, fix, at: { file: folder } }] }
  }
}
