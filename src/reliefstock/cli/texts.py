"""All that the command line says for itself, in one table, in Chinese and in English.

What reports, errors and findings say is theirs; here are the help texts, the messages, and what argparse says
of a wrong command.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from reliefstock.reports import Word
from reliefstock.values import Language

__all__ = ["TEXTS", "text", "usage_error"]


def text(key: str, lang: Language, /, **given: object) -> str:
    """The text of a key in a language, filled in. Raises `KeyError` for a key that is not in the table.

    >>> text("backed up", "zh", where="county.bak", size=12)
    '已备份 12 条记录到 county.bak，并已核验。'
    """
    return TEXTS[key].text(lang, **given)


_HELP: Final = {
    # the program, and what every command has
    "program": (
        "救灾捐赠物资台账：从捐赠方到受助人，每一件、每一分都对得上。",
        "Relief stock from donor to doorstep: a book that reconciles every unit and every fen.",
    ),
    "commands": ("命令", "commands"),
    "inputs": ("参数", "arguments"),
    "options": ("选项", "options"),
    "kinds": ("报表", "reports"),
    "usage": ("用法：", "usage: "),
    "examples": ("示例：", "example:"),
    "more": (
        "“reliefstock 命令 --help”显示该命令的用法。",
        "`reliefstock COMMAND --help` says more of a command.",
    ),
    "help": ("显示本帮助", "show this help"),
    "version": ("显示版本", "show the version"),
    "lang": ("输出语言；默认依系统语言环境", "the language; by default that of the environment"),
    "address": (
        "账册所在：文件，或 postgresql+psycopg://… 数据库",
        "where the book is: a file, or postgresql+psycopg://… for a database",
    ),
    "name": ("账册名称；数据库中有多本账时必填", "which book; needed where a database has several"),
    "no-snapshot": (
        "不用快照，从第一条记录起逐条读入",
        "open by the records alone, from the first to the last",
    ),
    "patience": ("等待他人写入的秒数", "how many seconds to wait for others that are writing"),
    "format": ("输出格式；json 供程序使用", "the form of the output; json is for programs"),
    "out": ("写入新文件，而不是标准输出", "write to a new file instead of standard output"),
    "exit codes": (
        (
            "退出码：\n"
            "  0    一切正常\n"
            "  1    数据有问题：核验或审计有发现，证明不成立，导入数据有错行\n"
            "  2    命令写法有误\n"
            "  3    账册或文件打不开、写不进\n"
            "  4    账册拒绝所要求的事\n"
            "  70   程序自身出错\n"
            "  130  被中断"
        ),
        (
            "exit codes:\n"
            "  0    all is well\n"
            "  1    the data is not in order: findings of verify or audit, a proof that fails, bad rows\n"
            "  2    the command is written wrongly\n"
            "  3    the book or a file cannot be opened or written\n"
            "  4    the book refuses what is asked of it\n"
            "  70   a fault of the program itself\n"
            "  130  interrupted"
        ),
    ),
    "passwords": (
        "数据库密码不写在命令里：请用环境变量 RELIEFSTOCK_PASSWORD 或 PGPASSWORD，或 ~/.pgpass 文件。",
        (
            "The password of a database does not belong on the command line: set RELIEFSTOCK_PASSWORD or\n"
            "PGPASSWORD, or keep it in ~/.pgpass."
        ),
    ),
    # the commands
    "init": ("新建账册", "make a new book"),
    "init name": ("账册名称，如单位名称", "the name of the book, as of the society that keeps it"),
    "init currency": (
        "记账货币的 ISO 4217 代码，如 CNY",
        "the currency of account, by its ISO 4217 code: CNY",
    ),
    "init policy": (
        "JSON 文件，写明 Policy 中不同于默认的各项",
        "a JSON file with what differs from the defaults of Policy",
    ),
    "verify": (
        "重读全部记录，核验未被改动、删减、插入、调换或截断",
        "read all records again, and check that none was changed, dropped, put in, moved or cut off",
    ),
    "known checkpoint": ("他处留存的校验单；可多次给出", "a checkpoint that others kept; can be given again"),
    "audit": (
        "由记录独立重算全部结存，与账册逐项比对",
        "recompute every balance from the records alone, and compare it with the book",
    ),
    "report": ("出具报表", "make a report"),
    "list": ("列出全部报表", "list all reports"),
    "trace": ("追踪一笔捐赠的全部去向", "follow a donation to all its ends"),
    "stock": ("库存：何物、何处、多少", "what there is, where, and how much"),
    "donation": ("捐赠编号，如 DR-000001", "the number of the donation, as DR-000001"),
    "copy": (
        "将账册逐条复制到另一处：文件或数据库",
        "copy a book, record by record, to a new place: a file or a database",
    ),
    "copy target": ("新账册的地址", "the address of the new book"),
    "copy people": ("人员另存于此文件", "keep the people in a file of their own"),
    "copied": (
        "账册“{name}”的 {size} 条记录已核验并复制到 {where}。",
        "The book {name!r} was verified and copied, records: {size}, to {where}.",
    ),
    "backup": ("备份账册；可在使用中进行", "copy a book to a new file, also while it is in use"),
    "backup target": ("新的备份文件", "the new file"),
    "restore": ("核验备份，并恢复为账册", "verify a backup, and put it where the book is to be"),
    "restore source": ("备份文件", "the backup"),
    "restore target": ("账册文件", "the file of the book"),
    "keep-old-as": (
        "该处已有账册时，原账册改存此名",
        "where a book is there already, keep that one under this name",
    ),
    "checkpoint": (
        "出具校验单：记录数与摘要，供上级会签留存",
        "write a checkpoint: how far the book has come, for an office above to countersign and keep",
    ),
    "checkpoint on": ("校验单日期；默认今天", "the day on it; today by default"),
    "countersign": ("在校验单上会签", "countersign a checkpoint"),
    "checkpoint file": ("校验单文件；- 为标准输入", "the file of the checkpoint; - is standard input"),
    "office": ("会签单位", "the office that countersigns"),
    "mark": ("会签标记：印章号或签名", "what it can be known by: the number of a seal, or a signature"),
    "countersign on": ("会签日期；默认今天", "the day; today by default"),
    "receipt": (
        "出具捐赠凭证：有关记录及其证明",
        "write a receipt: the records that tell of a donation, each with its proof",
    ),
    "receipt checkpoint": ("以此校验单为准；默认为今天", "as of this checkpoint; today by default"),
    "check-receipt": ("核验捐赠凭证；不需要账册", "check a receipt; no book is needed"),
    "receipt file": ("凭证文件；- 为标准输入", "the file of the receipt; - is standard input"),
    "check-receipt checkpoint": (
        "上级或公布的校验单",
        "the checkpoint, from the office above or as it was posted",
    ),
    "continuation": (
        "证明账册从较早的校验单延续而来",
        "prove that the book goes on from an older checkpoint",
    ),
    "older": ("较早的校验单", "the older checkpoint"),
    "newer": ("较新的校验单；默认为今天", "the newer checkpoint; today by default"),
    "check-continuation": (
        "核验延续证明；不需要账册",
        "check that a newer checkpoint goes on from an older one; no book is needed",
    ),
    "continuation file": ("延续证明文件；- 为标准输入", "the file of the proof; - is standard input"),
    "newer due": ("较新的校验单", "the newer checkpoint"),
    "import": (
        "导入半年数据表：全部记账，或一笔也不记",
        "take in the half-year data form: all of it, or nothing and a list of every bad row",
    ),
    "form": ("数据表文件夹，或其中一个文件", "the folder of the form, or one of the files in it"),
    "old-papers": (
        "导入期间不要求清点人、签收与审批，并记入账册",
        "ask for no counters, signatures or approvals meanwhile; the book records that",
    ),
    "people": ("单据中提到的人", "the people whom papers name"),
    "what to do": ("要做的事", "what to do"),
    "people list": ("列出所有人", "list all of them"),
    "people find": ("查找写法相同或相近的姓名", "find a name, however it is typed"),
    "person name": ("姓名", "the name"),
    "people erase": (
        "抹去某人的一切；记录与证明不受影响",
        "erase all that is known of people; records and proofs stay as they are",
    ),
    "person id": ("内部编号，如 person-…", "the opaque id, as person-…"),
    "yes": ("确认抹去，不可恢复", "it is meant: what is erased cannot be had back"),
    # what reports are asked with
    "on": ("截至某日日终", "at the end of this day"),
    "period": ("期间：2023、2023-05、2023-Q2、2023-H1", "a period: 2023, 2023-05, 2023-Q2, 2023-H1"),
    "from": ("期间首日", "the first day of the period"),
    "to": ("期间末日", "the last day of the period"),
    "known": ("以某号分录之后所知为准", "as the book was known after this entry"),
    "until": ("截至某日", "up to this day"),
    "by": ("分组方式", "what the rows are grouped by"),
    "measure": ("列示数量、金额或两者", "in quantities, in values or in both"),
    "donor": ("捐赠方编号", "the id of a donor"),
    "item": ("物资编号", "the id of an item"),
    "programme": ("项目用途", "the name of a programme"),
    "warehouse": ("仓库编号", "the id of a warehouse"),
    "recipient": ("接收方编号", "the id of a recipient"),
    "project": ("项目编号", "the id of a project"),
    "kit": ("组合包编号", "the id of a kit"),
    "version of bill": ("物料清单版本", "the version of its bill"),
    "number": ("单据编号", "the number of the document"),
    "plan": ("盘点计划编号", "the number of the plan"),
    "recall": ("召回通知编号", "the number of the recall"),
    "waybill": ("货运单编号", "the number of the waybill"),
    "within_days": ("今后若干天内", "within so many days"),
    "days": ("若干天以来", "for so many days"),
    "days_of_cover": ("可用天数超过此数", "lasts longer than so many days"),
    "over_days": ("按最近若干天的需求", "by the demand of the last so many days"),
    "compact": ("略去全为零的列", "leave out columns with nothing in them"),
    "public": ("隐去要求匿名的捐赠方", "keep back donors who asked not to be named"),
    "by_place": ("按地点分列", "a row for each place"),
    "for_anything": ("包括限定用途的", "what is given for anything counts"),
    "claims form": ("半年数据表文件夹，其中有公布数", "the folder of the half-year form with the figures"),
    "today": ("默认今天", "today by default"),
}

_SAID: Final = {
    "made": (
        "已新建账册“{name}”（{currency}）：{where}",
        "The book {name!r} ({currency}) was made: {where}",
    ),
    "verified": (
        "账册“{name}”的 {size} 条记录完好，末条摘要 {head}。",
        "All records of the book {name!r} are as they were written: {size}, the hash of the last is {head}.",
    ),
    "known agree": (
        "与 {count} 张留存的校验单相符。",
        "They agree with the checkpoints that others kept: {count}.",
    ),
    "backed up": (
        "已备份 {size} 条记录到 {where}，并已核验。",
        "All records were copied to {where}, and verified: {size}.",
    ),
    "restored": (
        "已从备份恢复账册“{name}”的 {size} 条记录：{where}",
        "The book {name!r} was restored, records: {size}, in {where}.",
    ),
    "no file to copy": (
        "备份与恢复用于文件；数据库请用其自带的工具（pg_dump）",
        "backup and restore are for files; for a database use its own tools (pg_dump)",
    ),
    "receipt proven": (
        "凭证成立：账册“{book}”，{about}，{count} 条记录均在 {on} 的校验单（{size} 条记录）之内。",
        (
            "The receipt holds: {about} of the book {book!r}, records: {count}, all among the {size} of "
            "the checkpoint of {on}."
        ),
    ),
    "receipt alone": (
        "未与他处留存的校验单比对：请用 --checkpoint 给出上级或公布的校验单。",
        "It was not compared with a checkpoint that others keep: give one with --checkpoint.",
    ),
    "receipt agrees": ("与所给校验单相符。", "It is of the checkpoint that was given."),
    "goes on": (
        "延续成立：账册“{book}”从 {older} 条记录延续到 {newer} 条，先前的未被改动。",
        "It holds: the book {book!r} goes on from record {older} to record {newer}, and begins as it did.",
    ),
    "imported": (
        "已导入账册“{name}”：{rows} 行，新增 {records} 条记录。",
        "Taken in by the book {name!r}, rows: {rows}, new records: {records}.",
    ),
    "erased": (
        "已抹去 {count} 人。",
        "People who were erased: {count}.",
    ),
    "people title": ("单据中提到的人", "People whom papers name"),
    "person.id": ("编号", "Id"),
    "person.name": ("姓名", "Name"),
    "person.state": ("状态", "State"),
    "state erased": ("已抹去", "erased"),
    "state known": ("在册", "known"),
    "nothing": ("没有内容。", "There is nothing to show."),
    "list title": ("报表一览", "Reports"),
    "list.report": ("报表", "Report"),
    "list.tells": ("内容", "What it tells"),
    "list.needs": ("必填选项", "Needs"),
    "list.takes": ("可选选项", "Takes"),
    "error": ("错误：", "error: "),
    "wrong usage": ("{what}；用法见 {program} --help", "{what}; `{program} --help` says how it is written"),
    "interrupted": ("已中断；已确认的内容不受影响", "interrupted; what was acknowledged before still stands"),
    "file": ("无法读写 {where}：{reason}", "{where} cannot be read or written: {reason}"),
    "fault": (
        "程序出错（{kind}：{what}）；先前已确认的内容不受影响。请连同所用命令报告此问题",
        (
            "this is a fault of the program ({kind}: {what}); what was acknowledged before still stands. "
            "Please report it, with the command"
        ),
    ),
    "output": ("标准输出", "standard output"),
    "not text": ("不是 UTF-8 文本", "it is not a text in UTF-8"),
    "whole number": (
        "须为 {least} 以上的整数，现为 {given!r}",
        "a whole number of at least {least} is due, got {given!r}",
    ),
    "period due": (
        "请给出 --period，或同时给出 --from 与 --to",
        "give --period, or both --from and --to",
    ),
    "period twice": (
        "--period 与 --from、--to 只能给出一种",
        "give --period or --from and --to, and not both",
    ),
    "yes due": (
        "抹去后不可恢复；请加 --yes 确认",
        "what is erased cannot be had back; say --yes if it is meant",
    ),
}

TEXTS: Final[Mapping[str, Word]] = MappingProxyType(
    {key: Word(zh, en) for key, (zh, en) in {**_HELP, **_SAID}.items()}
)
"""Every text by its key."""


# What argparse says of a wrong command, and how that is said in Chinese
_USAGE: Final = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)", r"参数 \1：不能是 \2，可选：\3"),
    (r"argument (.+?): expected one argument", r"参数 \1：须跟一个值"),
    (r"argument (.+?): expected at least one argument", r"参数 \1：须跟一个以上的值"),
    (r"argument (.+?): ignored explicit argument (.+)", r"参数 \1 不带值，现为 \2"),
    (r"argument (.+?): (.+)", r"参数 \1：\2"),
)


def usage_error(message: str, lang: Language) -> str:
    """What argparse says, in the language asked for; what has no translation stays as it is.

    >>> usage_error("the following arguments are required: --name", "zh")
    '缺少参数：--name'
    """
    if lang == "zh":
        for pattern, zh in _USAGE:
            found = re.fullmatch(pattern, message, re.DOTALL)
            if found:
                return found.expand(zh)
    return message
