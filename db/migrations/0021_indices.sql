-- Up Migration

-- What agencies are scored by, as data: indicators, how each is computed, bands. Shape of definition: IndexDefinition in src/indices/indicator-set.ts.
CREATE TABLE index_set (
  key text NOT NULL CHECK (key IN ('766', 'chi-tieu', 'chin-chi-so')),
  version int NOT NULL CHECK (version >= 1),
  name jsonb NOT NULL,
  ground text NOT NULL CHECK (length(ground) BETWEEN 1 AND 500),
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to > valid_from),
  definition jsonb NOT NULL,
  PRIMARY KEY (key, version),
  CONSTRAINT index_set_in_force EXCLUDE USING gist (key WITH =, daterange(valid_from, valid_to, '[)') WITH &&)
);
COMMENT ON TABLE index_set IS 'A version is never rewritten, only followed by the next: what a period was scored by stays.';
GRANT SELECT, INSERT, UPDATE (valid_to) ON index_set TO motcua_app;

-- What no dossier tells, written down for an agency and a period: numerator of denominator. The last word counts.
CREATE TABLE index_value (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  set_key text NOT NULL,
  indicator text NOT NULL CHECK (length(indicator) BETWEEN 1 AND 20),
  agency_id int NOT NULL REFERENCES agency (id),
  from_day date NOT NULL,
  to_day date NOT NULL,
  stage text NOT NULL CHECK (stage IN ('self', 'appraisal')),
  value numeric(12,2) NOT NULL CHECK (value >= 0),
  of numeric(12,2) NOT NULL CHECK (of > 0),
  evidence text NOT NULL CHECK (length(evidence) BETWEEN 1 AND 1000),
  account_id int NOT NULL REFERENCES account (id),
  at timestamptz NOT NULL,
  CHECK (to_day >= from_day)
);
COMMENT ON COLUMN index_value.stage IS 'self: said by the agency itself; appraisal: by procedure control or reform, before which the former gives way.';
CREATE INDEX index_value_period ON index_value (set_key, from_day, to_day, agency_id);
GRANT SELECT, INSERT ON index_value TO motcua_app;

-- Form 01 of each dossier with a result: what its history says of six of the nine indices; null where it says nothing.
CREATE TABLE dossier_rating (
  dossier_id bigint PRIMARY KEY REFERENCES dossier (id),
  agency_id int NOT NULL REFERENCES agency (id),
  account_id int REFERENCES account (id),
  ready_at timestamptz NOT NULL,
  at timestamptz NOT NULL,
  p1 smallint CHECK (p1 BETWEEN 0 AND 2),
  p2 smallint CHECK (p2 BETWEEN 0 AND 2),
  p3 smallint CHECK (p3 BETWEEN 0 AND 2),
  p4 smallint CHECK (p4 BETWEEN 0 AND 2),
  p6 smallint CHECK (p6 BETWEEN 0 AND 2),
  p7 smallint CHECK (p7 BETWEEN 0 AND 2)
);
COMMENT ON COLUMN dossier_rating.account_id IS 'Who had it to appraise.';
CREATE INDEX dossier_rating_period ON dossier_rating (agency_id, ready_at, dossier_id);
GRANT SELECT, INSERT ON dossier_rating TO motcua_app;

-- What an appraiser knows better, with the reason: a fault of the applicant's, a well-founded complaint. The last word counts.
CREATE TABLE dossier_rating_change (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  dossier_id bigint NOT NULL REFERENCES dossier_rating (dossier_id),
  index_number smallint NOT NULL CHECK (index_number IN (1, 2, 3, 4, 6, 7)),
  points smallint NOT NULL CHECK (points BETWEEN 0 AND 2),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  account_id int NOT NULL REFERENCES account (id),
  at timestamptz NOT NULL
);
CREATE INDEX dossier_rating_change_dossier ON dossier_rating_change (dossier_id, index_number, id DESC);
GRANT SELECT, INSERT ON dossier_rating_change TO motcua_app;

INSERT INTO index_set (key, version, name, ground, valid_from, definition) VALUES ('766', 1,
'["Chỉ số phục vụ người dân, doanh nghiệp","Index of service to citizens and businesses"]',
'Quyết định 766/QĐ-TTg ngày 23/6/2022; điểm từng chỉ số thành phần và các mức giữa cần xác nhận', '2022-06-23',
'{"max": 100, "decimals": 2,
 "bands": [{"from":90,"name":["Xuất sắc","Excellent"]},{"from":80,"name":["Tốt","Good"]},{"from":70,"name":["Khá","Fair"]},{"from":50,"name":["Trung bình","Average"]},{"from":0,"name":["Yếu","Weak"]}],
 "groups": [
  {"code": "1", "name": ["Công khai, minh bạch","Publicity and transparency"], "indicators": [
   {"code":"1.1","name":["Công bố thủ tục đúng hạn","Procedures announced on time"],"max":6,"formula":{"type":"rate","numerator":"entered","denominator":"entered_of","full":1},"source":["Nhập theo kỳ, kèm căn cứ; cách chia điểm cần xác nhận","Entered for the period, with evidence; the split of points is to be confirmed"]},
   {"code":"1.2","name":["Cập nhật, công khai thủ tục đúng hạn","Procedures made public on time"],"max":4,"formula":{"type":"rate","numerator":"entered","denominator":"entered_of","full":1},"source":["Nhập theo kỳ, kèm căn cứ; cách chia điểm cần xác nhận","Entered for the period, with evidence; the split of points is to be confirmed"]},
   {"code":"1.3","name":["Thủ tục được công khai đủ các bộ phận tạo thành","Procedures published with every part"],"max":4,"formula":{"type":"rate","numerator":"procedures_complete","denominator":"procedures","full":1},"source":["Từ hồ sơ và danh mục thủ tục; cách chia điểm cần xác nhận","From dossiers and the catalogue; the split of points is to be confirmed"]},
   {"code":"1.4","name":["Hồ sơ được đồng bộ lên Cổng Dịch vụ công quốc gia","Dossiers synchronised to the national portal"],"max":4,"formula":{"type":"rate","numerator":"synced","denominator":"to_sync","full":1},"source":["Từ hồ sơ và danh mục thủ tục; cách chia điểm cần xác nhận","From dossiers and the catalogue; the split of points is to be confirmed"]}]},
  {"code": "2", "name": ["Tiến độ, kết quả giải quyết","Progress and results"], "indicators": [
   {"code":"2.1","name":["Hồ sơ giải quyết trước hạn, đúng hạn","Dossiers solved early or on time"],"max":20,"formula":{"type":"rate","numerator":"solved_in_time","denominator":"solved","full":1},"source":["Cột (8) và (9) trên cột (7) của Biểu II.06a, theo cách tính số liệu đang áp dụng","Columns (8) and (9) of column (7) of form II.06a, by the definitions in force"]}]},
  {"code": "3", "name": ["Số hóa hồ sơ","Digitisation"], "indicators": [
   {"code":"3.1","name":["Hồ sơ có kết quả điện tử","Dossiers with an electronic result"],"max":8,"formula":{"type":"rate","numerator":"results_filed","denominator":"results","full":1},"source":["Từ hồ sơ và danh mục thủ tục; cách chia điểm cần xác nhận","From dossiers and the catalogue; the split of points is to be confirmed"]},
   {"code":"3.2","name":["Thành phần hồ sơ được số hóa","Papers scanned"],"max":6,"formula":{"type":"rate","numerator":"components_scanned","denominator":"components","full":1},"source":["Từ hồ sơ và danh mục thủ tục; cách chia điểm cần xác nhận","From dossiers and the catalogue; the split of points is to be confirmed"]},
   {"code":"3.3","name":["Hồ sơ được tái sử dụng thông tin, giấy tờ đã số hóa","Dossiers that reuse what was digitised"],"max":4,"formula":{"type":"rate","numerator":"entered","denominator":"entered_of","full":1},"source":["Nhập theo kỳ, kèm căn cứ; cách chia điểm cần xác nhận","Entered for the period, with evidence; the split of points is to be confirmed"]},
   {"code":"3.4","name":["Kết nối, chia sẻ với cơ sở dữ liệu","Connection to databases"],"max":4,"formula":{"type":"rate","numerator":"entered","denominator":"entered_of","full":1},"source":["Nhập theo kỳ, kèm căn cứ; cách chia điểm cần xác nhận","Entered for the period, with evidence; the split of points is to be confirmed"]}]},
  {"code": "4a", "name": ["Cung cấp dịch vụ công trực tuyến","Online services"], "indicators": [
   {"code":"4a.1","name":["Thủ tục cung cấp trực tuyến","Procedures served online"],"max":4,"formula":{"type":"rate","numerator":"procedures_online","denominator":"procedures","full":1},"source":["Từ hồ sơ và danh mục thủ tục; cách chia điểm cần xác nhận","From dossiers and the catalogue; the split of points is to be confirmed"]},
   {"code":"4a.2","name":["Thủ tục trực tuyến có phát sinh hồ sơ trực tuyến","Online procedures with dossiers online"],"max":4,"formula":{"type":"rate","numerator":"procedures_used_online","denominator":"procedures_online","full":1},"source":["Từ hồ sơ và danh mục thủ tục; cách chia điểm cần xác nhận","From dossiers and the catalogue; the split of points is to be confirmed"]},
   {"code":"4a.3","name":["Hồ sơ tiếp nhận trực tuyến","Dossiers received online"],"max":4,"formula":{"type":"rate","numerator":"received_online","denominator":"received","full":1},"source":["Từ hồ sơ và danh mục thủ tục; cách chia điểm cần xác nhận","From dossiers and the catalogue; the split of points is to be confirmed"]}]},
  {"code": "4b", "name": ["Thanh toán trực tuyến","Online payment"], "indicators": [
   {"code":"4b.1","name":["Thủ tục có thu phí phát sinh thanh toán trực tuyến","Fee-bearing procedures with payments online"],"max":4,"formula":{"type":"rate","numerator":"fee_procedures_paid_online","denominator":"fee_procedures","full":1},"source":["Từ hồ sơ và danh mục thủ tục; cách chia điểm cần xác nhận","From dossiers and the catalogue; the split of points is to be confirmed"]},
   {"code":"4b.2","name":["Hồ sơ thanh toán trực tuyến","Dossiers paid for online"],"max":6,"formula":{"type":"rate","numerator":"fee_dossiers_paid_online","denominator":"fee_dossiers","full":1},"source":["Thanh toán không dùng tiền mặt trên số hồ sơ đã thu phí; cách chia điểm cần xác nhận","Paid otherwise than in cash, of dossiers with a fee paid; the split of points is to be confirmed"]}]},
  {"code": "5", "name": ["Mức độ hài lòng","Satisfaction"], "indicators": [
   {"code":"5.1","name":["Hài lòng trong tiếp nhận, trả kết quả","Satisfied with reception and return"],"max":6,"formula":{"type":"rate","numerator":"entered","denominator":"entered_of","full":1},"source":["Nhập theo kỳ, kèm căn cứ; cách chia điểm cần xác nhận","Entered for the period, with evidence; the split of points is to be confirmed"]},
   {"code":"5.2","name":["Phản ánh, kiến nghị được xử lý đúng hạn","Feedback handled on time"],"max":6,"formula":{"type":"rate","numerator":"entered","denominator":"entered_of","full":1},"source":["Nhập theo kỳ, kèm căn cứ; cách chia điểm cần xác nhận","Entered for the period, with evidence; the split of points is to be confirmed"]},
   {"code":"5.3","name":["Hài lòng về xử lý phản ánh, kiến nghị","Satisfied with the handling of feedback"],"max":6,"formula":{"type":"rate","numerator":"entered","denominator":"entered_of","full":1},"source":["Nhập theo kỳ, kèm căn cứ; cách chia điểm cần xác nhận","Entered for the period, with evidence; the split of points is to be confirmed"]}]}
 ]}');

INSERT INTO index_set (key, version, name, ground, valid_from, definition) VALUES ('chi-tieu', 1,
'["Chỉ tiêu dịch vụ công","Targets of public services"]',
'Thông lệ của các bảng theo dõi (cần xác nhận)', '2022-06-23',
'{"max": 100, "decimals": 2,
 "bands": [{"from":90,"name":["Xuất sắc","Excellent"]},{"from":80,"name":["Tốt","Good"]},{"from":70,"name":["Khá","Fair"]},{"from":50,"name":["Trung bình","Average"]},{"from":0,"name":["Yếu","Weak"]}],
 "groups": [
  {"code": "ct", "name": ["Chỉ tiêu","Targets"], "indicators": [
   {"code":"truc-tuyen","name":["Hồ sơ tiếp nhận trực tuyến","Dossiers received online"],"max":20,"formula":{"type":"rate","numerator":"received_online","denominator":"received","full":1},"targets":{"province":0.9,"commune":0.7},"source":["Ngưỡng theo thông lệ của bảng theo dõi; cần xác nhận theo quyết định giao chỉ tiêu","As on dashboards in use; to be confirmed by the decision that sets targets"]},
   {"code":"toan-trinh","name":["Hồ sơ trực tuyến của thủ tục toàn trình","Dossiers online of procedures served in full"],"max":20,"formula":{"type":"rate","numerator":"received_full_online","denominator":"received_full","full":1},"targets":{"province":0.9,"commune":0.7},"source":["Ngưỡng theo thông lệ của bảng theo dõi; cần xác nhận theo quyết định giao chỉ tiêu","As on dashboards in use; to be confirmed by the decision that sets targets"]},
   {"code":"so-hoa","name":["Thành phần hồ sơ được số hóa","Papers scanned"],"max":20,"formula":{"type":"rate","numerator":"components_scanned","denominator":"components","full":1},"targets":{"province":0.9,"commune":0.7},"source":["Ngưỡng theo thông lệ của bảng theo dõi; cần xác nhận theo quyết định giao chỉ tiêu","As on dashboards in use; to be confirmed by the decision that sets targets"]},
   {"code":"tai-su-dung","name":["Hồ sơ được tái sử dụng thông tin, giấy tờ đã số hóa","Dossiers that reuse what was digitised"],"max":20,"formula":{"type":"rate","numerator":"entered","denominator":"entered_of","full":1},"targets":{"province":0.5,"commune":0.5},"source":["Ngưỡng theo thông lệ của bảng theo dõi; cần xác nhận theo quyết định giao chỉ tiêu","As on dashboards in use; to be confirmed by the decision that sets targets"]},
   {"code":"thanh-toan","name":["Hồ sơ thanh toán trực tuyến","Dossiers paid for online"],"max":20,"formula":{"type":"rate","numerator":"fee_dossiers_paid_online","denominator":"fee_dossiers","full":1},"targets":{"province":0.8,"commune":0.5},"source":["Ngưỡng theo thông lệ của bảng theo dõi; cần xác nhận theo quyết định giao chỉ tiêu","As on dashboards in use; to be confirmed by the decision that sets targets"]}]}
 ]}');

INSERT INTO index_set (key, version, name, ground, valid_from, definition) VALUES ('chin-chi-so', 1,
'["Chín chỉ số đánh giá việc giải quyết thủ tục hành chính","Nine indices of how procedures are settled"]',
'Thông tư 01/2018/TT-VPCP, Nghị định 61/2018/NĐ-CP chương V; việc còn áp dụng sau Nghị định 118/2025/NĐ-CP cần xác nhận', '2019-01-06',
'{"max": 18, "decimals": 1,
 "bands": [{"from":15,"name":["Xuất sắc","Excellent"]},{"from":12,"name":["Tốt","Good"]},{"from":9,"name":["Khá","Fair"]},{"from":6,"name":["Trung bình","Average"]},{"from":0,"name":["Yếu","Weak"]}],
 "groups": [
  {"code": "9", "name": ["Chín chỉ số","Nine indices"], "indicators": [
   {"code":"1","name":["Tổng thời gian giải quyết so với quy định","Total time against the published term"],"max":2,"formula":{"type":"average","sum":"points_1","count":"rated_1"},"appraised":true},
   {"code":"2","name":["Thời gian của từng đơn vị tham gia, phối hợp","Time of each unit that took part"],"max":2,"formula":{"type":"average","sum":"points_2","count":"rated_2"},"appraised":true},
   {"code":"3","name":["Số lần liên hệ để hoàn thiện hồ sơ","Times the applicant had to come back"],"max":2,"formula":{"type":"average","sum":"points_3","count":"rated_3"},"appraised":true},
   {"code":"4","name":["Số cơ quan phải liên hệ","Agencies the applicant had to contact"],"max":2,"formula":{"type":"average","sum":"points_4","count":"rated_4"},"appraised":true},
   {"code":"5","name":["Tổ chức giải quyết tại Bộ phận một cửa","Organisation at the one-stop desk"],"max":2,"formula":{"type":"average","sum":"entered","count":"entered_of"},"source":["Tự chấm và thẩm định theo kỳ","Self-score and appraisal for the period"]},
   {"code":"6","name":["Công khai thủ tục","Publicity of procedures"],"max":2,"formula":{"type":"average","sum":"points_6","count":"rated_6"},"appraised":true,"source":["Một điểm khi thủ tục được công khai điện tử; niêm yết tại chỗ do thẩm định ghi nhận","One point where published electronically; posting at the desk is for the appraisal"]},
   {"code":"7","name":["Thái độ của công chức","Attitude of officers"],"max":2,"formula":{"type":"average","sum":"points_7","count":"rated_7"},"appraised":true,"source":["Theo tiến độ; phản ánh đúng do người thẩm định ghi vào phiếu","By progress; well-founded complaints are noted on the form"]},
   {"code":"8","name":["Xử lý phản ánh, kiến nghị","Handling of feedback"],"max":2,"formula":{"type":"average","sum":"entered","count":"entered_of"},"source":["Tự chấm và thẩm định theo kỳ","Self-score and appraisal for the period"]},
   {"code":"9","name":["Dịch vụ công trực tuyến","Online services"],"max":2,"formula":{"type":"levels","levels":[{"points":2,"all":[{"numerator":"received_online","denominator":"received","atLeast":0.3},{"numerator":"procedures_online","denominator":"procedures","atLeast":0.2},{"numerator":"late_online","denominator":"received_online","atMost":0}]},{"points":1,"all":[{"numerator":"received_online","denominator":"received","atLeast":0.15},{"numerator":"procedures_online","denominator":"procedures","atLeast":0.2}]}]},"appraised":true}]}
 ]}');
