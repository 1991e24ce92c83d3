"""Mails and pages saved as one file, written with the standard library's email package and, where programs do it otherwise, by hand."""

from __future__ import annotations

import base64
import contextlib
import random
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from damage import PROSE

from corpus.errors import ClassifiedSource, DamagedSource, EmptySource, SourceTooLarge, UnreadableSource
from ingest.draft import Draft, RawReport
from ingest.limits import Limits
from ingest.pipeline import read_report
from ingest.readers import mail, mht
from ingest.readers.inside import Inside

BODY = "\n".join(PROSE)
LINES = "".join(f"<p>{line}</p>" for line in PROSE)
PAGE = f"<html><head><title>停车难在哪里_某网</title></head><body><h1>停车难在哪里</h1>{LINES}<img src='cid:p1'></body></html>"


def letter(body: str = BODY, charset: str = "utf-8") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "枫桥街道办事处 <office@example.cn>"
    message["Subject"] = "转发：Fwd: 停车难的三条办法"
    message["Date"] = "Fri, 27 Dec 2019 23:30:00 +0800"
    message.set_content(body, charset=charset)
    return message


def expanded(data: bytes, folder: Path, limits: Limits | None = None) -> list[RawReport | Inside | tuple[str, UnreadableSource]]:
    file = folder / "来信.eml"
    file.write_bytes(data)
    (folder / "out").mkdir(exist_ok=True)
    return list(mail.expand(file, "夹/来信.eml", folder / "out", limits or Limits()))


def body_of(data: bytes, folder: Path) -> Draft:
    first = expanded(data, folder)[0]
    assert isinstance(first, RawReport)
    assert (first.source, first.media) == ("夹/来信.eml", "eml")
    return mail.read(first, Limits())


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5"])
def test_the_body_is_a_report_with_subject_date_and_sender(tmp_path: Path, charset: str) -> None:
    body = BODY if charset != "big5" else "社區書記召集居民代表開了五次協商會，把意見歸成十七條，逐條商量解決辦法。"
    draft = body_of(letter(body, charset).as_bytes(policy=SMTP), tmp_path)
    assert draft.text.replace("\r\n", "\n") == f"{body}\n"
    assert draft.source == draft.text
    assert (draft.metadata.title, draft.metadata.published, draft.metadata.publisher) == (
        "停车难的三条办法",
        "2019-12-27",
        "枫桥街道办事处",
    )
    assert draft.metadata.authors == ()


def test_a_person_who_sends_is_the_author_and_no_address_is_kept(tmp_path: Path) -> None:
    message = letter()
    message.replace_header("From", '"张三丰" <zhang@example.cn>')
    metadata = body_of(message.as_bytes(), tmp_path).metadata
    assert (metadata.authors, metadata.publisher) == (("张三丰",), None)
    message.replace_header("From", "zhang@example.cn")
    assert body_of(message.as_bytes(), tmp_path).metadata.authors == ()
    assert "example" not in repr(body_of(message.as_bytes(), tmp_path).metadata)


def test_the_page_is_preferred_to_the_plain_text_and_its_pictures_are_no_attachments(tmp_path: Path) -> None:
    message = letter("请用能显示网页的程序查看。")
    message.add_alternative(PAGE, subtype="html")
    page = message.get_payload(1)
    assert isinstance(page, EmailMessage)
    page.add_related(b"GIF89a", "image", "gif", cid="<p1>", filename="签名.gif")
    found = expanded(message.as_bytes(), tmp_path)
    assert len(found) == 1
    draft = body_of(message.as_bytes(), tmp_path)
    assert draft.source == f"{PAGE}\n"
    assert draft.text.split("\n") == ["停车难在哪里", *PROSE]
    assert draft.metadata.title == "停车难的三条办法"


def test_attachments_are_files_to_be_read_on(tmp_path: Path) -> None:
    message = letter()
    message.add_attachment("案例一".encode("gb18030"), maintype="application", subtype="octet-stream", filename="停车难申报表.docx")
    message.add_attachment("补充材料。", filename="../../说明:1.txt")
    message.add_attachment("又一份。", filename="../../说明:1.txt")
    message.add_attachment(letter("内层。"))
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf")
    body, *files = expanded(message.as_bytes(), tmp_path)
    assert isinstance(body, RawReport)
    assert b"PDF" not in body.data
    assert [file.key for file in files if isinstance(file, Inside)] == [
        "夹/来信.eml/停车难申报表.docx",
        "夹/来信.eml/_.._说明_1.txt",
        "夹/来信.eml/_.._说明_1 (2).txt",
        "夹/来信.eml/转发：Fwd_ 停车难的三条办法.eml",
        "夹/来信.eml/附件5.pdf",
    ]
    paths = [file.path for file in files if isinstance(file, Inside)]
    assert all(path.parent == tmp_path / "out" for path in paths)
    assert [path.suffix for path in paths] == [".docx", ".txt", ".txt", ".eml", ".pdf"]
    assert paths[0].read_bytes() == "案例一".encode("gb18030")
    assert paths[1].read_bytes().strip() == "补充材料。".encode()
    inner = mail.read(RawReport("内", paths[3].read_bytes(), "eml", "内"), Limits())
    assert (inner.text, inner.metadata.title) == ("内层。\n", "停车难的三条办法")


def test_a_body_in_eight_bits_keeps_its_bytes(tmp_path: Path) -> None:
    head = b"Subject: x\r\nFrom: a@example.cn\r\nContent-Type: text/plain; charset=gbk\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    assert body_of(head + BODY.encode("gb18030"), tmp_path).text == BODY


def packed(text: str, charset: str) -> str:
    return base64.b64encode(text.encode(charset)).decode()


@pytest.mark.parametrize(
    "disposition",
    [
        b'attachment; filename="' + "停车难.doc".encode("gb18030") + b'"',
        b'attachment; filename="' + "停车难.doc".encode() + b'"',
        b'attachment; filename="=?GB2312?B?' + packed("停车难.doc", "gb18030").encode() + b'?="',
        b"attachment; filename*=GBK''%CD%A3%B3%B5%C4%D1.doc",
        b"attachment; filename*0*=GBK''%CD%A3%B3; filename*1*=%B5%C4%D1; filename*2=.doc",
        b'attachment;\r\n name="x.doc";\r\n filename="=?gbk?Q?=CD=A3=B3?=\r\n =?gbk?Q?=B5=C4=D1.doc?="',
        b"attachment",
    ],
    ids=["raw-gbk", "raw-utf8", "words", "rfc2231", "continued", "cut-character", "name-of-type"],
)
def test_names_of_attachments_as_programs_write_them(tmp_path: Path, disposition: bytes) -> None:
    kind = b'application/msword; name="=?utf-8?B?' + packed("停车难.doc", "utf-8").encode() + b'?="'
    data = (
        b'Subject: x\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: ' + kind + b"\r\nContent-Disposition: "
        + disposition + b"\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD\r\n--b--\r\n"
    )  # fmt: skip
    (found,) = expanded(data, tmp_path)
    assert isinstance(found, Inside)
    assert found.key == "夹/来信.eml/停车难.doc"
    assert found.path.read_bytes() == b"ABC"


@pytest.mark.parametrize(
    "subject",
    [
        "停车难的办法".encode("gb18030"),
        f"=?gb2312?B?{packed('停车难', 'gb18030')}?=\r\n =?gb2312?B?{packed('的办法', 'gb18030')}?=".encode(),
        "回复: =?UTF-8?Q?=E5=81=9C=E8=BD=A6=E9=9A=BE?= =?GBK?B?{}?=".format(packed("的办法", "gbk")).encode(),
        f"=?x-unknown?B?{packed('停车难的办法', 'utf-8')}?=".encode(),
    ],
    ids=["raw", "two-words", "two-charsets", "unknown"],
)
def test_subjects_as_programs_write_them(subject: bytes) -> None:
    data = b"Subject: " + subject + b"\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n" + BODY.encode("gb18030")
    draft = mail.read(RawReport("信.eml", data, "eml", "信.eml"), Limits())
    assert (draft.metadata.title, draft.text) == ("停车难的办法", BODY)


def test_a_note_that_something_is_attached_is_no_report(tmp_path: Path) -> None:
    message = letter("您好，材料见附件，请查收。")
    assert isinstance(expanded(message.as_bytes(), tmp_path)[0], RawReport)
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="材料.pdf")
    (found,) = expanded(message.as_bytes(), tmp_path)
    assert isinstance(found, Inside)


def test_what_is_empty_or_cannot_be_decoded_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    empty = EmailMessage()
    empty["Subject"] = "空"
    empty.set_content("")
    ((key, error),) = expanded(empty.as_bytes(), tmp_path)  # type: ignore[misc]
    assert (key, type(error)) == ("夹/来信.eml", EmptySource)
    with pytest.raises(EmptySource):
        mail.read(RawReport("空.eml", empty.as_bytes(), "eml", "空.eml"), Limits())
    begin = b'Subject: x\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
    end = b'\r\n--b\r\nContent-Type: text/plain; name="a.txt"\r\nContent-Disposition: attachment\r\n\r\nabc\r\n--b--\r\n'
    data = begin + bytes(range(1, 9)) * 90 + end
    found = expanded(data, tmp_path)
    assert [type(item).__name__ for item in found] == ["tuple", "Inside"]
    with pytest.raises(DamagedSource, match="没有信头"):
        mail.read(RawReport("甲.eml", b"\x00\x01", "eml", "甲.eml"), Limits())


def test_messages_that_are_bombs_are_refused(tmp_path: Path) -> None:
    message = letter()
    for number in range(5):
        message.add_attachment(bytes(700_000), maintype="application", subtype="zip", filename=f"{number}.zip")
    for limits, name in ((Limits(unpacked=2), "unpacked"), (Limits(members=4), "members"), (Limits(size=1), "size")):
        with pytest.raises(SourceTooLarge, match=f"--limit {name}="):
            expanded(message.as_bytes(), tmp_path, limits)
    for depth in (60, 3000):
        heads = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth))
        with pytest.raises(SourceTooLarge, match="嵌套过深"):
            expanded(b"Subject: x\r\n" + heads + b"\r\nx", tmp_path)


def archive(page: bytes, charset: str | None, **headers: str) -> bytes:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    kind = f'text/html; charset="{charset}"' if charset else "text/html"
    return (
        b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n type="text/html"; boundary="--x"\r\n\r\n'
        b"----x\r\nContent-Type: text/css\r\n\r\nbody{}\r\n"
        b"----x\r\n" + lines.encode() + f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
        + base64.encodebytes(page) + b"\r\n----x\r\nContent-Type: image/gif\r\n\r\nGIF89a\r\n----x--\r\n"
    )  # fmt: skip


def page_of(data: bytes) -> Draft:
    return mht.read(RawReport("甲.mht", data, "mht", "甲.mht"), Limits())


def test_a_saved_page_is_read_with_the_encoding_that_its_part_names() -> None:
    lying = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">')
    draft = page_of(archive(lying.encode("gb18030"), "gb2312", Content_Location="https://example.cn/a.html"))
    assert draft.source == lying
    assert draft.text.split("\n") == ["停车难在哪里", *PROSE]
    assert (draft.metadata.title, draft.metadata.url) == ("停车难在哪里", "https://example.cn/a.html")
    assert page_of(archive(PAGE.encode("gb18030"), None)).source == PAGE
    assert page_of(archive(PAGE.encode(), "utf-8", Content_Location="file:///C:/a.html")).metadata.url is None


def test_a_page_of_frames_is_read_by_its_largest_frame() -> None:
    parts = ("<html><frameset><frame src='a'></frameset></html>", "<html><body><p>导航</p></body></html>", PAGE)
    bodies = "".join(f"--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{part}\r\n" for part in parts)
    draft = page_of(f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n{bodies}--x--\r\n'.encode())
    assert draft.source.strip() == PAGE


def test_an_archive_without_a_page_is_damaged_and_one_without_a_text_empty() -> None:
    with pytest.raises(DamagedSource, match="没有网页"):
        page_of(letter().as_bytes())
    with pytest.raises(EmptySource):
        page_of(archive(b"<html><body></body></html>", "utf-8"))


def test_mutated_files_raise_only_our_errors(tmp_path: Path) -> None:
    chance = random.Random(5)
    message = letter()
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment(b"x" * 300, maintype="application", subtype="pdf", filename="停车难.pdf")
    for seed in (message.as_bytes(), archive(PAGE.encode("gb18030"), "gb2312")):
        for number in range(20):
            mutated = bytearray(seed[: chance.randrange(len(seed))] if number % 4 == 0 else seed)
            for _ in range(8):
                if mutated:
                    mutated[chance.randrange(len(mutated))] = chance.randrange(256)
            for read in (mail.read, mht.read):
                with contextlib.suppress(UnreadableSource):
                    read(RawReport("甲", bytes(mutated), "eml", "甲"), Limits())
            with contextlib.suppress(UnreadableSource):
                expanded(bytes(mutated), tmp_path)


@pytest.mark.parametrize("subject", ["机密★10年 停车办法", "转发：【秘密】停车办法", "绝密"])
def test_a_mail_with_a_marked_subject_is_refused_with_its_attachments(tmp_path: Path, subject: str) -> None:
    message = letter()
    del message["Subject"]
    message["Subject"] = subject
    message.add_attachment(BODY.encode(), maintype="text", subtype="plain", filename="停车.txt")
    with pytest.raises(ClassifiedSource) as caught:
        expanded(message.as_bytes(policy=SMTP), tmp_path)
    assert "停车" not in str(caught.value)
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_mark_in_the_body_refuses_the_attachments_too(tmp_path: Path, kind: str) -> None:
    message = letter()
    message.set_content(f"机密★5年\n{BODY}" if kind == "plain" else f"<html><p>机<b>密</b>★5年</p><p>{BODY}</p></html>", subtype=kind)
    message.add_attachment(BODY.encode(), maintype="text", subtype="plain", filename="停车.txt")
    with pytest.raises(ClassifiedSource):
        expanded(message.as_bytes(policy=SMTP), tmp_path)


def test_an_internal_subject_marks_the_report(tmp_path: Path) -> None:
    message = letter()
    del message["Subject"]
    message["Subject"] = "停车难的三条办法（内部资料）"
    report = expanded(message.as_bytes(policy=SMTP), tmp_path)[0]
    assert isinstance(report, RawReport)
    assert read_report("测试", report).metadata.handling == "内部资料"


OLD = "--------- 原始邮件 ---------\n发件人：县社工部\n发送时间：2022年5月6日\n主题：请补材料\n\n请于月底前补齐，过期不等。\n"


@pytest.mark.parametrize(
    "quoted",
    [
        OLD,
        "----- Original Message -----\nFrom: a\nTo: b\n\n请于月底前补齐，过期不等。\n",
        "发件人：县社工部\n发送时间：2022年5月6日\n收件人：街道\n\n请于月底前补齐，过期不等。\n",
        "在 2022-05-06 09:20，“县社工部”写道：\n> 请于月底前补齐，过期不等。\n",
        "> 请于月底前补齐，过期不等。\n> 谢谢\n",
    ],
)
def test_the_earlier_mail_that_is_quoted_goes(tmp_path: Path, quoted: str) -> None:
    message = letter(f"县民政局基层治理科：\n{BODY}\n\n{quoted}")
    message.replace_header("Subject", "回复：停车难的三条办法")
    draft = body_of(message.as_bytes(policy=SMTP), tmp_path)
    assert "过期不等" not in draft.text
    assert PROSE[-1] in draft.text
    assert draft.metadata.addressee == "县民政局基层治理科"


def test_a_mail_that_is_handed_on_stays(tmp_path: Path) -> None:
    forwarded = letter(f"请各社区看看，学一学别人的办法，下周开会时说说。\n{OLD}{BODY}")
    assert PROSE[-1] in body_of(forwarded.as_bytes(policy=SMTP), tmp_path).text
    bare = letter(f"请看。\n{OLD}{BODY}")
    bare.replace_header("Subject", "回复：停车难的三条办法")
    assert PROSE[-1] in body_of(bare.as_bytes(policy=SMTP), tmp_path).text
    told = letter(f"{BODY}\n他说：\n> 停一个钟头\n这就是全部。")
    assert "全部" in body_of(told.as_bytes(policy=SMTP), tmp_path).text
    answered = letter(f"{BODY}\n> 停一个钟头\n\n这就是全部。\n> 停两个钟头\n\n> 谢谢\n")
    answered.replace_header("Subject", "回复：停车难的三条办法")
    draft = body_of(answered.as_bytes(policy=SMTP), tmp_path)
    assert "停一个钟头" in draft.text
    assert "停两个钟头" not in draft.text


def test_the_body_names_what_came_with_it(tmp_path: Path) -> None:
    message = letter()
    message.add_attachment(
        BODY.encode(), maintype="text", subtype="plain", filename="停车难的三条办法（第二稿，含附表和居民议事会记录）.txt"
    )
    message.add_attachment(BODY.encode(), maintype="text", subtype="plain", filename="签到/册.txt")
    found = body_of(message.as_bytes(policy=SMTP), tmp_path).metadata.attachments
    assert found == ("停车难的三条办法（第二稿，含附表和居民议事会记录）.txt", "签到_册.txt")
