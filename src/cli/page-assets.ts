import { createHash } from 'node:crypto'
import type { PageAssets } from '../report/html/page-shell.ts'
import type { Files } from './effects.ts'

/** The chart library and the digests that every page takes. */
export async function pageAssets(files: Pick<Files, 'chartLibrary' | 'readText'>): Promise<PageAssets> {
  const { script, style } = files.chartLibrary()
  const [chartScript, chartStyle] = await Promise.all([files.readText(script), files.readText(style)])
  return { chartScript, chartStyle, sha256 }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64')
