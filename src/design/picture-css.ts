/** What the page's style sheet gives a chart, for one kept as a file: in the colours of paper, since it may be opened anywhere. */
export const PICTURE_CSS = `
svg{font:12px "Be Vietnam Pro",system-ui,sans-serif;fill:#1b1f2a;background:#fff}
.process-lane{fill:#fff}.process-lane-odd{fill:#f7f8fb}.process-lane-head{fill:#eef0f6}
.process-lane-name{font-size:13px;font-weight:600}
.process-edge{fill:none;stroke:#767c8e;stroke-width:1.5}.process-edge-back{stroke-dasharray:5 4}
.process-arrow,.process-dot{fill:#767c8e}
.process-exit,.process-small,.process-hours{fill:#4a5062}
.process-exit{stroke:#fff;stroke-width:4;stroke-linejoin:round;paint-order:stroke}
.process-shape,.process-start,.process-end{fill:#fff;stroke:#767c8e;stroke-width:1.5}
.process-inner,.process-frame{fill:none}.process-end{stroke-width:3}
.process-asked{fill:#eef0f6;stroke:#767c8e}
.process-automatic .process-shape,.process-sub-process .process-shape{stroke-dasharray:2 3}
.process-icon{fill:none;stroke:#5c6275;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.process-name{font-size:14px;font-weight:600}.process-choice-name{font-size:13px;font-weight:500}
`
