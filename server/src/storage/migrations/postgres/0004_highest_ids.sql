-- No counter stands above the highest id, 2^53 - 1: a higher number cannot be read.
UPDATE accounts SET
  next_user_id = least(next_user_id, 9007199254740991),
  next_outcome_id = least(next_outcome_id, 9007199254740991),
  next_lead_id = least(next_lead_id, 9007199254740991),
  next_contact_id = least(next_contact_id, 9007199254740991),
  next_visit_id = least(next_visit_id, 9007199254740991);
