import { Icon } from "../icon.tsx";
import { Menu } from "../menu.tsx";
import type { ChatCommand } from "../../protocol.ts";

export interface CommandsMenuProps {
  readonly commands: readonly ChatCommand[];
  readonly onCommand: (command: string) => void;
}

export const CommandsMenu = ({ commands, onCommand }: CommandsMenuProps) => (
  <Menu
    label="Commands of the bot"
    side="above"
    look="chip"
    content={
      <>
        <Icon name="commands" /> Commands
      </>
    }
  >
    {(close) =>
      commands.length === 0 ? (
        <p class="quiet">The bot has not said yet which commands it knows.</p>
      ) : (
        commands.map(({ command, description }) => (
          <button
            key={command}
            type="button"
            class="item command"
            onClick={() => {
              close();
              onCommand(`/${command}`);
            }}
          >
            <span class="command-name">/{command}</span>
            <span class="quiet">{description}</span>
          </button>
        ))
      )
    }
  </Menu>
);
