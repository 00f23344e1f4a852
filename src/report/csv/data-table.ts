/** What a cell may hold. Null is an empty cell: nothing was measured. */
export type Cell = string | number | boolean | null

/** Rows under a header, each as long as the header. */
export interface DataTable {
  readonly header: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}
