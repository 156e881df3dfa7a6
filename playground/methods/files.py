"""`files.*`: uploads in three steps, and what is known of a file."""

from playground import posting
from playground.calls import Call, method
from playground.content import message_content
from playground.errors import Json, SlackError
from playground.hub import Hub
from playground.pictures import BadImage, checked
from playground.workspace import Channel, File, Message, Workspace

_MIME_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "heic": "image/heic",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "csv": "text/csv",
    "json": "application/json",
    "zip": "application/zip",
    "mp4": "video/mp4",
}


@method("files.getUploadURLExternal", "files:write")
async def get_upload_url(call: Call) -> Json:
    """Return where to send the bytes of a file of `length` bytes."""
    if call.number("length", 0) <= 0:
        raise SlackError("invalid_arguments")
    file = new_file(call.hub, call.workspace, call.bot.id, call.required("filename"))
    file.alt_text = call.text("alt_txt") or None
    return {"ok": True, "upload_url": f"{call.hub.origin}/upload/v1/{file.team_id}-{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", "files:write")
async def complete_upload(call: Call) -> Json:
    """Finish uploads and share them in a channel or a thread."""
    listed = call.json("files")
    if not isinstance(listed, list) or not listed:
        raise SlackError("invalid_arguments")
    files = [_uploaded(call, each) for each in listed]
    names = [each for each in (call.text("channel_id"), *call.text("channels").split(",")) if each]
    for name in names:
        channel = call.workspace.channel_named(name)
        if call.bot.id not in channel.members:
            raise SlackError("not_in_channel" if channel.kind == "channel" else "channel_not_found")
        await _share(call, channel, files)
    return {"ok": True, "files": [file.wire(call.hub.origin) for file in files]}


@method("files.info", "files:read")
async def file_info(call: Call) -> Json:
    """Return one file."""
    file = call.workspace.files.get(call.required("file"))
    if file is None or not file.complete:
        raise SlackError("file_not_found")
    if file.deleted:
        raise SlackError("file_deleted")
    return {"ok": True, "file": file.wire(call.hub.origin)}


@method("files.delete", "files:write")
async def delete_file(call: Call) -> Json:
    """Delete a file of the app's own."""
    file = call.workspace.files.get(call.required("file"))
    if file is None:
        raise SlackError("file_not_found")
    if file.user != call.bot.id:
        raise SlackError("cant_delete_file")
    file.deleted = True
    return {"ok": True}


def new_file(hub: Hub, workspace: Workspace, user_id: str, name: str) -> File:
    """Enter a file that has a name and no bytes yet."""
    file = File(
        id=hub.ids.new("F"),
        team_id=workspace.id,
        user=user_id,
        name=name.replace("/", "_"),
        title=name,
        created_s=int(hub.ids.now_s()),
    )
    file.mimetype = _MIME_TYPES.get(file.filetype, "application/octet-stream")
    workspace.files[file.id] = file
    return file


def fill(file: File, content: bytes) -> None:
    """Give a file its bytes, and its size in pixels where it is a picture that Slack can read."""
    file.content = content
    try:
        picture = checked(content)
    except BadImage:
        return
    file.mimetype = picture.content_type
    file.width_px, file.height_px = picture.width_px, picture.height_px


def _uploaded(call: Call, listed: Json) -> File:
    file = call.workspace.files.get(listed.get("id", ""))
    if file is None or file.content is None:
        raise SlackError("file_not_found")
    if file.user != call.bot.id:
        raise SlackError("file_not_found")
    file.title = listed.get("title") or file.name
    file.complete = True
    return file


async def _share(call: Call, channel: Channel, files: list[File]) -> None:
    call.args["text"] = call.text("initial_comment")
    content: Json = {}
    if call.args["text"] or call.args.get("blocks"):
        content = await message_content(call)
    posting.post(
        call.hub,
        Message(
            ts=call.hub.ids.ts(),
            channel=channel.id,
            team_id=channel.team_id,
            user=call.bot.id,
            bot_id=call.installation.bot_id,
            app_id=call.hub.credentials.app_id,
            thread_ts=call.text("thread_ts") or None,
            files=files,
            **content,
        ),
    )
