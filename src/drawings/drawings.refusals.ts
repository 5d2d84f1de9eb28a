import type { RefusalTexts } from '#src/platform/refusal.ts'

export const drawingsRefusals: RefusalTexts = {
  'bpmn-too-large': ['Tệp BPMN lớn hơn 1 MB.', 'The BPMN file is larger than 1 MB.'],
  'bpmn-unreadable': ['Tệp này không đọc được như BPMN 2.0.', 'This file cannot be read as BPMN 2.0.'],
  'bpmn-unsupported': [
    'Chưa dùng được thành phần “{element}” của BPMN (“{name}”): quy trình chỉ có việc của người, lấy ý kiến song song, rẽ nhánh theo điều kiện, việc tự động và quy trình con.',
    'The BPMN element “{element}” (“{name}”) cannot be used: a process has work of people, opinions asked side by side, choices by condition, automatic steps and sub-processes.',
  ],
  'bpmn-one-process': ['Tệp BPMN cần có đúng một quy trình.', 'The BPMN file needs exactly one process.'],
  'bpmn-one-start': [
    'Quy trình cần có đúng một điểm bắt đầu với một đường đi.',
    'The process needs exactly one start with one way on.',
  ],
  'bpmn-loose-flow': ['Đường đi “{flow}” không nối hai bước.', 'The flow “{flow}” does not join two steps.'],
  'bpmn-senseless': [
    'Tệp BPMN có giá trị không dùng được: {where}.',
    'The BPMN file has a value that cannot be used: {where}.',
  ],
  'bpmn-broken-process': [
    'Chưa xuất được BPMN: bước “{step}” trùng mã hoặc dẫn tới bước không có.',
    'BPMN cannot be written yet: the step “{step}” shares its key or leads to a step that is not there.',
  ],
}
