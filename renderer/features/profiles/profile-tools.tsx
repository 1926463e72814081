import { ListTools, ToolSelect } from '../../components/lists/list-tools.tsx';
import {
  arrangeProfileList,
  type ProfileArrangement,
  type ProfileShow,
  useView,
} from '../../stores/window/view.ts';

const shows: { value: ProfileShow; word: string }[] = [
  { value: 'all', word: 'All profiles' },
  { value: 'starred', word: 'Starred' },
  { value: 'failing', word: 'Failing' },
  { value: 'ADMIN', word: 'ADMIN' },
  { value: 'no_key', word: 'Without a key' },
  { value: 'unused', word: 'Unused' },
];

const sorts: { value: ProfileArrangement['sort']; word: string }[] = [
  { value: 'name', word: 'By name' },
  { value: 'recent', word: 'Last used first' },
  { value: 'failing', word: 'Failing first' },
];

const groupings = [
  { value: 0, word: 'No groups' },
  { value: 1, word: 'Group by account' },
];

/** How the list of profiles is filtered, sorted and grouped. */
export function ProfileTools() {
  const { show, sort, grouped } = useView((view) => view.profiles);
  return (
    <ListTools>
      <ToolSelect
        label="Show"
        choices={shows}
        value={show}
        onChange={(to) => arrangeProfileList({ show: to })}
      />
      <ToolSelect
        label="Sort"
        choices={sorts}
        value={sort}
        onChange={(to) => arrangeProfileList({ sort: to })}
      />
      <ToolSelect
        label="Group"
        choices={groupings}
        value={grouped ? 1 : 0}
        onChange={(to) => arrangeProfileList({ grouped: to === 1 })}
      />
    </ListTools>
  );
}
