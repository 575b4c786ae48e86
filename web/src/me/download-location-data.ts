import { client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { sessionQuery } from '../api/sessions.ts'
import { saveFile } from '../parts/save-file.ts'
import { texts } from '../texts/texts.ts'

const perPage = 100

async function allLooks() {
  const looks = []
  for (let page = 1; ; page += 1) {
    const { data, meta } = await client.locationData.get({
      page,
      per_page: perPage,
      download: page === 1,
    })
    looks.push(...data.looks)
    if (meta.links.next_page === undefined) return { ...data, looks }
  }
}

/** Everything that is held about where whoever is signed in was, as a file of JSON. */
export async function downloadLocationData(): Promise<void> {
  const { user } = await queryClient.ensureQueryData(sessionQuery)
  const data = await allLooks()
  const places = []
  const query = { creator_id: [user.id], include: ['verification' as const], per_page: perPage }
  for await (const { id, visited_at, verification } of client.visits.each(query)) {
    const location = verification?.location
    if (location) places.push({ visit_id: id, visited_at, ...location })
  }
  const text = JSON.stringify({ ...data, places }, undefined, 2)
  saveFile(texts.myLocation.fileName, 'application/json', text)
}
