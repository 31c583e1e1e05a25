// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/parameter_text.h"

#include "ui/bridge/qt_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace embedscope {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("Parameter", text);
}

/// Context of the texts of this file.
struct Rule
{
    Q_DECLARE_TR_FUNCTIONS(Rule)
};

QString numberOf(double value)
{
    return QLocale().toString(value, 'g', QLocale::FloatingPointShortest);
}

bool hasMomentum(const QString& optimizer)
{
    return optimizer.startsWith(QLatin1String("adam"));
}

QString joined(const QStringList& sentences)
{
    return sentences.join(QLatin1Char(' '));
}

QString oneSwitch(const std::string& name, const QString& value)
{
    if (name == "freeze")
        return value == QLatin1String("on") ? Rule::tr("freeze on") : Rule::tr("freeze off");
    if (name == "padding_idx")
        return value == QLatin1String("none") ? Rule::tr("no padding row") : Rule::tr("padding row %1").arg(value);
    if (name == "max_norm")
        return value == QLatin1String("none") ? Rule::tr("max_norm off") : Rule::tr("max_norm %1").arg(value);
    if (name == "scale_grad_by_freq")
        return value == QLatin1String("on") ? Rule::tr("scale by frequency on") : Rule::tr("scale by frequency off");
    if (name == "zero_padding_row")
        return Rule::tr("padding row zeroed");
    if (name == "clear_table_state")
        return Rule::tr("momentum cleared");
    return QString::fromStdString(name) + QLatin1Char(' ') + value; // lr, norm_type
}

} // namespace

QString parameterLabel(const char* name)
{
    return parameterLabel(trainParameter(name));
}

QString parameterHelp(const char* name)
{
    return parameterHelp(trainParameter(name));
}

QString parameterLabel(const ParamSpec& parameter)
{
    return translated(parameter.label);
}

QString parameterHelp(const ParamSpec& parameter)
{
    return translated(parameter.help);
}

QString switchText(const Fields& changes)
{
    QStringList parts;
    for (const auto& [name, value] : changes)
        parts.append(oneSwitch(name, QString::fromStdString(value)));
    return parts.join(QLatin1String(", "));
}

QString freezeRule(const RuleContext& c)
{
    QStringList out;
    if (c.settings.freeze) {
        out.append(Rule::tr("On: no step changes the table; only the classifier learns."));
        if (c.settings.max_norm)
            out.append(Rule::tr("Rows above the largest norm are still scaled down."));
        return joined(out);
    }
    out.append(Rule::tr("Off: every row that occurs in a batch is learning."));
    if (hasMomentum(c.optimizer) && c.optimizer != QLatin1String("sparse_adam"))
        out.append(Rule::tr("Momentum keeps moving rows for a while after their last batch."));
    if (c.weightDecay > 0)
        out.append(Rule::tr("Weight decay %1 shrinks every row in each step.").arg(numberOf(c.weightDecay)));
    return joined(out);
}

QString paddingRule(const RuleContext& c)
{
    if (!c.settings.padding_idx)
        return Rule::tr("No row is padding: every row can learn and counts in a sentence.");
    QStringList out{Rule::tr("Row %1 (%2) gets no gradient and does not count in a sentence.")
                        .arg(QLocale().toString(static_cast<qlonglong>(*c.settings.padding_idx)), c.paddingToken)};
    if (c.settings.freeze)
        return joined(out);
    if (hasMomentum(c.optimizer) && c.optimizer != QLatin1String("sparse_adam"))
        out.append(Rule::tr("Momentum from before may still move it: clear it."));
    if (c.weightDecay > 0)
        out.append(Rule::tr("Weight decay %1 still shrinks it.").arg(numberOf(c.weightDecay)));
    return joined(out);
}

QString learningRateRule(const RuleContext& c)
{
    if (c.settings.lr == 0)
        return Rule::tr("With 0 nothing learns.");
    return Rule::tr("Holds from the next step on.");
}

QString maxNormRule(const RuleContext& c)
{
    if (!c.settings.max_norm)
        return Rule::tr("Off: rows may grow to any length.");
    return Rule::tr("Rows longer than %1 are scaled down when they are looked up. %2 rows exceed it now.")
        .arg(numberOf(*c.settings.max_norm), QLocale().toString(static_cast<qlonglong>(c.rowsAboveMaxNorm)));
}

QString scaleRule(const RuleContext& c)
{
    return c.settings.scale_grad_by_freq
               ? Rule::tr("On: a word that occurs five times in a batch learns from the mean of its five gradients.")
               : Rule::tr("Off: a word that occurs five times in a batch takes the sum of its five gradients.");
}

} // namespace embedscope
