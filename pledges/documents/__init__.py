"""From models to documents, one module per concept.

A document of this app has three parts: words on the first level, which are
translated; ``facts``, which are the same in every language and are always read from
the Swedish document; and ``references``, the keys of what it names, by relation.
Figures are text, because databases spell decimal numbers differently.
"""
