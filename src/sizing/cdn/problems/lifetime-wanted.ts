/** What a lifetime is compared with, in s. */
export interface WantedLife {
  /** Taken where an answer says nothing usable itself. */
  readonly life: number
  /** Below this a longer one for the shared cache is worth asking for. */
  readonly short: number
}

const FILE: WantedLife = { life: 86_400, short: 3600 }
/** A minute for a page: short enough to be wrong for nobody, and a hot page is then fetched once a minute. */
const PAGE: WantedLife = { life: 60, short: 60 }

const EXTENSIONS =
  /\.(?:css|m?js|map|wasm|png|jpe?g|gif|svg|webp|avif|ico|bmp|woff2?|ttf|otf|eot|mp[34]|webm|ogg|pdf|zip|gz)$/i

/** Whether a path names a file that is the same for everybody. */
export const namesFile = (path: string): boolean => EXTENSIONS.test(path.replace(/[?#].*$/, ''))

export const wantedLife = (isFile: boolean): WantedLife => (isFile ? FILE : PAGE)
