"""Many people's folders, read like one journal."""

from interview_kit.clients.overview import client_overview
from interview_kit.clients.reading import Clients
