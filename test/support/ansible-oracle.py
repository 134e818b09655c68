"""Says what Ansible makes of inventories: their paths come one a line, an answer in JSON goes out for each."""

import json
import sys

from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.yaml.objects import AnsibleVaultEncryptedUnicode
from ansible.vars.manager import VariableManager

INTERNAL = ('inventory_', 'group_names', 'groups', 'omit', 'playbook_dir', 'ansible_playbook_python', 'ansible_config_file', 'ansible_facts', 'ansible_version')


def show(value):
    return '$ANSIBLE_VAULT' if isinstance(value, AnsibleVaultEncryptedUnicode) else str(value)


def read(path):
    loader = DataLoader()
    try:
        inventory = InventoryManager(loader=loader, sources=[path])
        variables = VariableManager(loader=loader, inventory=inventory)
        hosts = {}
        for name, host in inventory.hosts.items():
            given = variables.get_vars(host=host, include_hostvars=False, stage='all')
            hosts[name] = {key: value for key, value in given.items() if not key.startswith(INTERNAL)}
    except Exception as error:
        return {'error': str(error)}
    groups = {name: [host.name for host in group.get_hosts()] for name, group in inventory.groups.items()}
    order = {name: [group.name for group in sorted(host.groups, key=lambda g: (g.depth, g.priority, g.name))] for name, host in inventory.hosts.items()}
    return {'hosts': hosts, 'groups': groups, 'groupsOf': order}


for line in sys.stdin:
    print(json.dumps(read(line.rstrip('\n')), default=show), flush=True)
