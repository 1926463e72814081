import { useId } from 'react';
import { profileColors } from '../../../core/model/profile.ts';
import { Ring } from '../facts/ring.tsx';
import './swatches.css';

const known: readonly string[] = profileColors;

/** The colours to choose from. A custom one, set by the CLI, comes last. */
export function Swatches({ value, onChange }: { value: string; onChange: (color: string) => void }) {
  const name = useId();
  const colors = known.includes(value) ? known : [...known, value];
  return (
    <fieldset className="swatches">
      <legend className="unseen">Colour</legend>
      {colors.map((color) => (
        <label key={color} className="swatch" title={color}>
          <input
            className="unseen"
            type="radio"
            name={name}
            aria-label={color}
            checked={color === value}
            onChange={() => onChange(color)}
          />
          <Ring color={color} size={18} current={color === value} />
        </label>
      ))}
    </fieldset>
  );
}
