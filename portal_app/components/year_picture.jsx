/* Draws twelve months: a bar each, with the fee on top of it, and under it a mark and the month's name. */
const WIDTH = "5.13%"; // of twelve months side by side

export function YearPicture({ bars }) {
  return (
    <>
      <svg width="100%" height="120">
        {bars.map(({ x, y, height, fee_y, fee_height, tone, title }) => (
          <g key={x} className={tone}>
            <rect x={x} y={y} width={WIDTH} height={height} rx="3" />
            <rect x={x} y={fee_y} width={WIDTH} height={fee_height} rx="3" className="fee" />
            <title>{title}</title>
          </g>
        ))}
      </svg>
      <ol>
        {bars.map(({ x, month, mark, tone }) => (
          <li key={x} className={tone}>
            <span className="mi" data-icon={mark} aria-hidden="true" />
            {month}
          </li>
        ))}
      </ol>
    </>
  );
}
