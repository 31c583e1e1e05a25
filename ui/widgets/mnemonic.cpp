// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/mnemonic.h"

#include <QRegularExpression>

namespace embedscope {

QString withoutMnemonic(QString text)
{
    // Languages without Latin letters put the mnemonic behind the text: "(&S)".
    static const QRegularExpression appended(QStringLiteral("\\(&\\w\\)"));
    text.remove(appended);
    const QChar written(u'\x01');
    return text.replace(QStringLiteral("&&"), written).remove(u'&').replace(written, u'&');
}

} // namespace embedscope
