/** Attributes of a lead, as a client sends them. */
export const mark = {
  first_name: 'Mark',
  last_name: 'Johnson',
  organization_name: 'Design Services Company',
  status: 'Working',
  source_id: 10,
  email: 'mark@designservices.example',
  phone: '508-778-6516',
  mobile: '508-778-6517',
  address: {
    line1: '2726 Smith Street',
    city: 'Hyannis',
    postal_code: '02601',
    state: 'MA',
    country: 'US',
  },
  tags: ['important', 'important', 'new'],
  custom_fields: { sku: 'A-1', 'known via': 'Tom', seats: 12, vip: true },
}
