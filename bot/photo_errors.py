"""Why a photo that somebody sent cannot be looked at, named for what that person can do."""


class PhotoError(Exception):
    """A photo of a question cannot be used; the rest of the question still can."""


class PhotoNeedsScope(PhotoError):
    """Slack shows the bot a sign-in page instead of the file: the app lacks `files:read`."""


class PhotoGone(PhotoError):
    """The file has been deleted, or is hidden by the workspace's storage limit."""


class PhotoTooLarge(PhotoError):
    """The file is larger than what may be opened."""


class PhotoElsewhere(PhotoError):
    """The file lies outside of Slack, at a place that Slack only links to."""


class NotAPhoto(PhotoError):
    """The file is something else: a document, a film, a sound."""


class PhotoOutOfReach(PhotoError):
    """The photo is in a conversation that the bot is not in."""


class PhotoLate(PhotoError):
    """Slack's file host did not give the file in time."""


class LinkRefused(PhotoError):
    """A link to a picture cannot be opened: private, too large, gone, or no picture."""
