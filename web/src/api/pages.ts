/** As many as one page of an endless list has. */
export const pageSize = 100

interface Page {
  readonly meta: { readonly links: { readonly next_page?: string } }
}

export const nextPage = ({ meta }: Page, page: number): number | undefined =>
  meta.links.next_page === undefined ? undefined : page + 1
