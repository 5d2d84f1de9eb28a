-- Up Migration

-- The two sets of one-stop rules this platform has met. Numbers awaiting confirmation against the texts are data, to be changed here by a later migration or by an operator.
INSERT INTO law_pack (code, name, valid_from, valid_to, form_set, policy) VALUES
  ('nd-61-2018', 'Nghị định 61/2018/NĐ-CP, Thông tư 01/2018/TT-VPCP', '2018-06-21', '2025-07-01', '2018',
   '{"workingDayPolicy": "hour-clock", "resume": "remaining", "supplementsPerStage": 1, "extensions": 1,
     "intakeCheckHours": 8, "apologyNoticeDays": 1}'),
  ('nd-118-2025', 'Nghị định 118/2025/NĐ-CP, Thông tư 03/2025/TT-VPCP', '2025-07-01', NULL, '2025',
   '{"workingDayPolicy": "hour-clock", "resume": "remaining", "supplementsPerStage": 1, "extensions": 1,
     "intakeCheckHours": 8, "apologyNoticeDays": 1}');
