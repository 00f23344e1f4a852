/** One file to paste or to start a program with. */
export interface ConfigurationFile {
  /** Without a folder: `haproxy.cfg`. */
  readonly name: string
  /** Who reads it, as people call it: `HAProxy`, `nginx`. */
  readonly program: string
  readonly text: string
}
